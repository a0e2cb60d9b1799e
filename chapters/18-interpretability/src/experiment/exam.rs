//! Stories with all that the grammar knows about each of their tokens.

use anyhow::Result;
use gpt::data::prompt;
use gpt::evaluate::questions;
use gpt::tokenizer::Tokens;
use interpretability::lens::divergence;
use interpretability::truth::{Distribution, next_tokens};
use language_models::story::{self, Grammar, KINDS, Kind};
use rand::Rng;
use std::collections::BTreeSet;
use tensors::seeds;

/// The generator of a stream of stories: no two streams meet, nor do they meet what models learn from.
pub fn generator(stream: u64) -> impl Rng {
    let mut rng = seeds::generator(18);
    rng.set_stream(200 + stream);
    rng
}

/// The first `count` stories of a stream.
pub fn stories(stream: u64, count: usize) -> Vec<String> {
    let mut rng = generator(stream);
    (0..count).map(|_| story::tell(&mut rng)).collect()
}

/// A story as a model reads it, and the truth about every token after the first.
#[derive(Debug, Clone)]
pub struct Told {
    /// The token that ends an empty line, then the story's own.
    pub ids: Vec<usize>,
    /// Of each of `ids` but the first what could have come.
    pub truth: Vec<Distribution>,
    /// And what it asks.
    pub kinds: Vec<Kind>,
}

impl Told {
    /// A story, as far as a model of this context can read it.
    pub fn of(story: &str, tokenizer: &Tokens, context: usize) -> Result<Self> {
        let mut ids = prompt(story, tokenizer, true);
        ids.truncate(context + 1);
        let truth = next_tokens(&Grammar::default(), story, &ids[1..], tokenizer)?;
        let kinds =
            questions(story, &ids[1..], tokenizer)?.into_iter().map(|question| question.kind).collect();
        Ok(Self { ids, truth, kinds })
    }

    /// All tokens but the last: what is read to predict the others.
    pub fn read(&self) -> &[usize] {
        &self.ids[..self.ids.len() - 1]
    }

    /// The places of the tokens with which a word of this kind begins.
    pub fn asked(&self, kind: Kind) -> Vec<usize> {
        let is = |at: usize| at > 0 && self.kinds[at - 1] == kind;
        (1..self.ids.len()).filter(|&at| is(at) && !is(at - 1)).collect()
    }

    /// The tokens with which the names begin that come back: two where both people have one.
    pub fn names(&self) -> BTreeSet<usize> {
        self.asked(Kind::Name).into_iter().map(|at| self.ids[at]).collect()
    }

    /// What a position is to look for, if a word of this kind comes next: the word's first token.
    pub fn wanted(&self, kind: Kind, position: usize) -> Vec<usize> {
        let next = position + 1;
        if self.asked(kind).contains(&next) { vec![self.ids[next]] } else { Vec::new() }
    }

    /// Where the first token of a name comes next, those of the names that do not come.
    pub fn unwanted(&self, position: usize) -> Vec<usize> {
        match self.wanted(Kind::Name, position)[..] {
            [wanted] => self.names().into_iter().filter(|&name| name != wanted).collect(),
            _ => Vec::new(),
        }
    }

    /// The next token where it is any token of a name told before, its first or another.
    pub fn next_of_name(&self, position: usize) -> Vec<usize> {
        let next = position + 1;
        if self.kinds[position] == Kind::Name { vec![self.ids[next]] } else { Vec::new() }
    }

    /// The divergence from the truth of what `scores`, `(seq, Vocab)`, say of each token after the first.
    pub fn divergences(&self, scores: &[f32]) -> Vec<f64> {
        let vocabulary = scores.len() / self.truth.len();
        self.truth.iter().zip(scores.chunks_exact(vocabulary)).map(|(p, q)| divergence(p, q)).collect()
    }
}

/// Stories of a stream, told.
pub fn exam(stream: u64, count: usize, tokenizer: &Tokens, context: usize) -> Result<Vec<Told>> {
    stories(stream, count).iter().map(|story| Told::of(story, tokenizer, context)).collect()
}

/// The mean of numbers that belong to places, by the [`KINDS`] of the tokens that came there.
pub fn by_kind(told: &[Told], mut numbers: impl FnMut(&Told) -> Vec<f64>) -> [f64; KINDS.len()] {
    let (mut sums, mut counts) = ([0.0; KINDS.len()], [0_usize; KINDS.len()]);
    for told in told {
        for (number, kind) in numbers(told).into_iter().zip(&told.kinds) {
            let of = KINDS.iter().position(|(other, _)| other == kind).expect("stories have no facts");
            sums[of] += number;
            counts[of] += 1;
        }
    }
    std::array::from_fn(|of| sums[of] / counts[of] as f64)
}

/// How many tokens of each of [`KINDS`] there are.
pub fn count(told: &[Told]) -> [usize; KINDS.len()] {
    let of = |kind: Kind| told.iter().flat_map(|told| &told.kinds).filter(|other| **other == kind).count();
    KINDS.map(|(kind, _)| of(kind))
}
