//! Looks into a model.

use super::record::Snapshot;
use crate::experiment::exam::{Told, by_kind, exam, generator};
use crate::experiment::ledger::rounded;
use anyhow::Result;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Sizes};
use interpretability::hooks::Head;
use interpretability::induction::{
    copies_of_next, halves, looks_at, prefix_matching, previous_token, repeated,
};
use interpretability::maps::Maps;
use language_models::story::Kind;

/// Stories that are read at each look.
const STORIES: usize = 12;
/// Sequences of random tokens, and tokens in each before they come again.
const SEQUENCES: usize = 4;
const LENGTH: usize = 60;

/// What models are looked at with.
pub struct Watch {
    told: Vec<Told>,
    random: Vec<Vec<usize>>,
}

impl Watch {
    pub fn new(tokenizer: &Tokens, context: usize, vocabulary: usize) -> Result<Self> {
        let mut rng = generator(1);
        let random = (0..SEQUENCES).map(|_| repeated(vocabulary, LENGTH, &mut rng)).collect();
        Ok(Self { told: exam(0, STORIES, tokenizer, context)?, random })
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
        let prefix = over(&random, |maps, head, tokens| prefix_matching(maps, head, 0, tokens));
        let told: Vec<_> = self.told.iter().map(|told| (Maps::of(model, told.read(), 1), told)).collect();
        let previous = over(&told, |maps, head, _| previous_token(maps, head, 0));
        let fetch = over(&told, fetched);
        Snapshot { step, bits: bits.map(rounded), halves: both.map(rounded), prefix, previous, fetch }
    }
}

/// How much a head looks at a name where that name comes next.
pub fn fetched(maps: &Maps, head: Head, told: &Told) -> Option<f64> {
    let asked = told.asks(Kind::Name);
    looks_at(maps, head, 0, |position| copies_of_next(&told.ids, position, &asked))
}

/// The mean of a score over texts, for each head.
pub fn over<T: Copy>(texts: &[(Maps, T)], score: impl Fn(&Maps, Head, T) -> Option<f64>) -> Vec<f64> {
    let heads = texts[0].0.heads();
    let mean = |head| {
        let scores: Vec<f64> = texts.iter().filter_map(|(maps, text)| score(maps, head, *text)).collect();
        rounded(scores.iter().sum::<f64>() / scores.len() as f64)
    };
    heads.into_iter().map(mean).collect()
}
