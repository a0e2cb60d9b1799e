//! The vectors, and the answer key.

use super::DEPTH;
use super::record::Coverage;
use crate::experiment::trained::{CONTEXT, WIDTH, draws};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use interpretability::dictionary::choices::{Key, Told, told};
use interpretability::dictionary::score::{best, judged};
use interpretability::probe::streams;
use kernels::Workers;
use language_models::story::beats::STORY;
use language_models::story::{self, Plot};

/// A thing must be told so often in either half.
const OFTEN: usize = 8;

/// Stories, as tokens, with what each beat of them told and where.
pub type Stories = Vec<(Vec<usize>, Vec<(usize, Told)>)>;

pub fn stories(purpose: u64, count: usize, tokenizer: &Tokens) -> Result<Stories> {
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

/// The stream of every token.
pub fn every_token(model: &Gpt<LaptopBpe>, all: &Stories) -> Vec<f32> {
    Workers::with(2)
        .map(all.iter().collect(), |story: &(Vec<usize>, _)| streams(model, &story.0).swap_remove(DEPTH))
        .concat()
}

/// Positions at which something has just been told: their vectors, and what it is.
pub struct Part {
    pub vectors: Vec<f32>,
    pub things: Vec<usize>,
}

impl Part {
    pub fn of(model: &Gpt<LaptopBpe>, all: &Stories, key: &mut Key) -> Self {
        let things =
            all.iter().flat_map(|(_, told)| told).map(|(_, told)| key.number(told.clone())).collect();
        let vectors = Workers::with(2).map(
            all.iter().collect(),
            |(tokens, told): &(Vec<usize>, Vec<(usize, Told)>)| {
                let x = streams(model, tokens).swap_remove(DEPTH);
                told.iter()
                    .flat_map(|(at, _)| x[at * WIDTH..(at + 1) * WIDTH].to_vec())
                    .collect::<Vec<f32>>()
            },
        );
        Self { vectors: vectors.concat(), things }
    }

    pub fn rows(&self) -> Vec<&[f32]> {
        self.vectors.chunks_exact(WIDTH).collect()
    }
}

/// The things that both halves tell often enough.
pub fn frequent(count: usize, halves: [&Part; 2]) -> Vec<bool> {
    let often =
        |part: &Part, thing: usize| part.things.iter().filter(|&&other| other == thing).count() >= OFTEN;
    (0..count).map(|thing| halves.iter().all(|part| often(part, thing))).collect()
}

/// Chooses the best feature for each thing on the first half, and judges it on the second.
pub fn coverage(
    active: [&[Vec<(usize, f32)>]; 2],
    halves: [&Part; 2],
    key: &Key,
    frequent: &[bool],
) -> Coverage {
    let chosen = best(active[0], &halves[0].things, key.len());
    of_f1(&judged(&chosen, active[1], &halves[1].things), key, frequent)
}

/// Sums F₁ up.
pub fn of_f1(f1: &[f64], key: &Key, frequent: &[bool]) -> Coverage {
    let all: Vec<(f64, Told)> = f1
        .iter()
        .copied()
        .zip(key.all())
        .zip(frequent)
        .filter(|(_, often)| **often)
        .map(|(pair, _)| pair)
        .collect();
    let mean = |which: &dyn Fn(&Told) -> bool| {
        let of: Vec<f64> = all.iter().filter(|(_, told)| which(told)).map(|(f1, _)| *f1).collect();
        of.iter().sum::<f64>() / of.len().max(1) as f64
    };
    let is_word = |told: &Told| told.sets != Plot::default();
    Coverage {
        all: mean(&|_| true),
        words: mean(&is_word),
        sentences: mean(&|told| !is_word(told)),
        clear: all.iter().filter(|(f1, _)| *f1 > 0.9).count() as f64 / all.len() as f64,
        beats: (0..STORY.len()).map(|beat| mean(&|told: &Told| told.beat == beat)).collect(),
    }
}
