//! Stories with all that the grammar knows about each of their tokens.

use anyhow::Result;
use gpt::data::prompt;
use gpt::evaluate::questions;
use gpt::tokenizer::Tokens;
use interpretability::lens::divergence;
use interpretability::truth::{Distribution, next_tokens};
use language_models::story::{self, Grammar, KINDS, Kind};
use rand::Rng;
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

    /// For each of `ids` whether it is of this kind; the first is of none.
    pub fn asks(&self, kind: Kind) -> Vec<bool> {
        std::iter::once(false).chain(self.kinds.iter().map(|other| *other == kind)).collect()
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

/// The mean of numbers that belong to tokens, by the tokens' [`KINDS`].
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
