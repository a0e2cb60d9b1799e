//! The vectors, and the answer key.

use super::DEPTH;
use super::record::Coverage;
use crate::experiment::trained::{CONTEXT, WIDTH, draws};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use interpretability::dictionary::choices::{Key, Thing, Things, told};
use interpretability::probe::streams;
use kernels::Workers;
use language_models::story::beats::STORY;
use language_models::story::{self, Plot};

/// A thing must be told so often in either half.
const OFTEN: usize = 8;

/// Stories that fit into the model's window, as tokens, with what each beat of them told and where.
pub fn stories(purpose: u64, count: usize, tokenizer: &Tokens) -> Result<Vec<Things>> {
    let mut rng = draws(purpose);
    let mut found = Vec::with_capacity(count);
    while found.len() < count {
        let one = told(&story::tell(&mut rng), tokenizer, CONTEXT)?;
        if one.0.len() <= CONTEXT {
            found.push(one);
        }
    }
    Ok(found)
}

/// All positions of some stories: their vectors, and what has just been told there.
pub struct Part {
    pub vectors: Vec<f32>,
    /// The number of a thing, and where nothing has just been told the number behind the last.
    pub things: Vec<usize>,
}

impl Part {
    pub fn of(model: &Gpt<LaptopBpe>, all: &[Things], key: &Key) -> Self {
        let stream = |(tokens, _): &Things| streams(model, tokens).swap_remove(DEPTH);
        let things = all.iter().flat_map(|(tokens, told)| {
            let mut things = vec![key.len(); tokens.len()];
            for (position, thing) in told {
                things[*position] = key.find(thing).unwrap_or(key.len());
            }
            things
        });
        Self {
            things: things.collect(),
            vectors: Workers::with(2).map(all.iter().collect(), stream).concat(),
        }
    }

    pub fn rows(&self) -> Vec<&[f32]> {
        self.vectors.chunks_exact(WIDTH).collect()
    }
}

/// The things that both halves tell often enough.
pub fn frequent(key: &Key, halves: [&Part; 2]) -> Vec<bool> {
    let often =
        |part: &Part, thing: usize| part.things.iter().filter(|&&other| other == thing).count() >= OFTEN;
    (0..key.len()).map(|thing| halves.iter().all(|part| often(part, thing))).collect()
}

/// Sums the F₁ of the frequent things up.
pub fn of_f1(f1: &[f64], key: &Key, frequent: &[bool]) -> Coverage {
    let all: Vec<(f64, Thing)> = f1
        .iter()
        .copied()
        .zip(key.all())
        .zip(frequent)
        .filter(|(_, often)| **often)
        .map(|(pair, _)| pair)
        .collect();
    let mean = |which: &dyn Fn(&Thing) -> bool| {
        let of: Vec<f64> = all.iter().filter(|(_, told)| which(told)).map(|(f1, _)| *f1).collect();
        of.iter().sum::<f64>() / of.len().max(1) as f64
    };
    let is_word = |told: &Thing| told.sets != Plot::default();
    Coverage {
        all: mean(&|_| true),
        words: mean(&is_word),
        sentences: mean(&|told| !is_word(told)),
        clear: all.iter().filter(|(f1, _)| *f1 > 0.9).count() as f64 / all.len() as f64,
        beats: (0..STORY.len()).map(|beat| mean(&|told: &Thing| told.beat == beat)).collect(),
    }
}
