//! Looks into a model.

use super::record::{Snapshot, Without};
use crate::experiment::exam::{Told, by_kind, count, exam, generator};
use crate::experiment::ledger::rounded;
use anyhow::Result;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Sizes};
use interpretability::ablate::{Component, Filling, Means, without};
use interpretability::hooks::Head;
use interpretability::induction::{
    behind_copies, copies, even, followers, halves, looks_at, prefix_matching, previous_token, repeated,
};
use interpretability::maps::Maps;
use language_models::story::KINDS;

/// Stories that are read at each look, and those that means are taken over.
const STORIES: usize = 12;
const MEAN: u64 = 8;
/// Sequences of random tokens, and tokens in each before they come again.
const SEQUENCES: usize = 4;
const LENGTH: usize = 60;

/// What models are looked at with.
pub struct Watch {
    told: Vec<Told>,
    mean: Vec<Told>,
    random: Vec<Vec<usize>>,
}

impl Watch {
    pub fn new(tokenizer: &Tokens, context: usize, vocabulary: usize) -> Result<Self> {
        let (mut rng, all) = (generator(1), (0..vocabulary).collect::<Vec<_>>());
        let random = (0..SEQUENCES).map(|_| repeated(&all, LENGTH, &mut rng)).collect();
        let told = exam(0, STORIES, tokenizer, context)?;
        Ok(Self { told, mean: exam(MEAN, STORIES, tokenizer, context)?, random })
    }

    /// Tokens of each kind in its stories.
    pub fn tokens(&self) -> [usize; KINDS.len()] {
        count(&self.told)
    }

    /// What `model` is like now.
    pub fn look<S: Sizes>(&self, model: &Gpt<S>, step: usize) -> Snapshot {
        let bits = by_kind(&self.told, |told| told.divergences(&model.logits(told.read())));
        let mut both = [0.0; 2];
        for tokens in &self.random {
            let scores = model.logits(tokens);
            let found = halves(&scores, scores.len() / tokens.len(), tokens);
            both.iter_mut().zip(found).for_each(|(sum, bits)| *sum += bits / SEQUENCES as f64);
        }
        let random: Vec<_> =
            self.random.iter().map(|tokens| (Maps::of(model, tokens, 1), tokens)).collect();
        let told: Vec<_> = self.told.iter().map(|told| (Maps::of(model, told.read(), 1), told)).collect();
        Snapshot {
            step,
            bits: bits.map(rounded),
            halves: both.map(rounded),
            prefix: over(&random, |maps, head, tokens| prefix_matching(maps, head, 0, tokens)),
            previous: over(&told, |maps, head, _| previous_token(maps, head, 0)),
            fetch: over(&told, |maps, head, told| looks_at(maps, head, 0, |at| at_name(told, at))),
            behind: over(&told, |maps, head, told| looks_at(maps, head, 0, |at| behind_name(told, at))),
            other: over(&told, |maps, head, told| looks_at(maps, head, 0, |at| at_other(told, at))),
        }
    }

    /// What `model` pays without `heads`.
    pub fn look_without<S: Sizes>(&self, model: &Gpt<S>, step: usize, heads: &[Head]) -> Without {
        let means = Means::of(model, &self.mean.iter().map(Told::read).collect::<Vec<_>>());
        let taken: Vec<Component> = heads.iter().map(|&head| Component::Head(head)).collect();
        let filling = Filling::Mean(&means);
        let bits =
            by_kind(&self.told, |told| told.divergences(&without(model, told.read(), 1, &taken, filling)));
        let heads = heads.iter().map(|head| (head.block, head.head)).collect();
        Without { step, heads, bits: bits.map(rounded) }
    }
}

/// Where the token of a name was told that comes next, be it the name's first or another.
fn at_name(told: &Told, position: usize) -> Vec<usize> {
    copies(&told.ids, position, &told.next_of_name(position))
}

/// Right behind these.
fn behind_name(told: &Told, position: usize) -> Vec<usize> {
    behind_copies(&told.ids, position, &told.next_of_name(position))
}

/// Where the other name was told, where a name comes next, and right behind.
pub fn at_other(told: &Told, position: usize) -> Vec<usize> {
    let other = told.unwanted(position);
    let mut places = copies(&told.ids, position, &other);
    places.extend(behind_copies(&told.ids, position, &other));
    places.sort_unstable();
    places.dedup();
    places
}

/// What a head that looks evenly would score in the second reading of random tokens.
pub fn even_prefix() -> f64 {
    let tokens: Vec<usize> = (0..LENGTH).chain(0..LENGTH).collect();
    even(tokens.len(), |position| followers(&tokens, position)).expect("the second reading is asked")
}

/// The mean of a score over texts, for each head.
fn over<T: Copy>(texts: &[(Maps, T)], score: impl Fn(&Maps, Head, T) -> Option<f64>) -> Vec<f64> {
    let mean = |head| {
        let scores: Vec<f64> = texts.iter().filter_map(|(maps, text)| score(maps, head, *text)).collect();
        rounded(scores.iter().sum::<f64>() / scores.len() as f64)
    };
    texts[0].0.heads().into_iter().map(mean).collect()
}
