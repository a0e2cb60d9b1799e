//! The recall task: what was it, k steps ago?
//!
//! One of eight items, then noise, then a question mark: the model is to name the item. Which it
//! was is needed at the end and hinted at nowhere in between. The chapter on attention takes the
//! same task, on the same axes.

use crate::cell::Rows;
use crate::{Cell, Reader, initialise};
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, cross_entropy, fit};
use dfdx::prelude::{BuildModule, Cpu, OwnedTape, TensorCollection};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use tensors::seeds;
use thiserror::Error;

/// Items to be remembered: tokens 0 to 7.
pub const ITEMS: usize = 8;
/// Tokens of noise: 8 to 15.
pub const NOISE: usize = 8;
/// The question mark.
pub const QUESTION: usize = ITEMS + NOISE;
/// All tokens.
pub const VOCAB: usize = QUESTION + 1;

/// Why there is no such task.
#[derive(Debug, Error, PartialEq)]
pub enum RecallError {
    /// The item and the question would be one.
    #[error("an item 0 steps before the question cannot be recalled: choose a distance of at least 1")]
    NoDistance,
}

// ANCHOR: recall
/// The task at one distance: `distance` steps from the item to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    distance: usize,
}

/// Some sequences of the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Whole rows of [`Recall::length`] tokens.
    pub tokens: Vec<usize>,
    /// The item of each row.
    pub items: Vec<usize>,
}

impl Recall {
    /// The task at a distance.
    ///
    /// # Errors
    /// [`RecallError::NoDistance`] for 0.
    pub fn at(distance: usize) -> Result<Self, RecallError> {
        if distance == 0 { Err(RecallError::NoDistance) } else { Ok(Self { distance }) }
    }

    /// Tokens in a sequence: the item, the noise, the question.
    pub fn length(self) -> usize {
        self.distance + 1
    }

    /// Draws `rows` sequences.
    pub fn batch(self, rows: usize, rng: &mut ChaCha8Rng) -> Batch {
        let mut batch = Batch { tokens: Vec::new(), items: Vec::new() };
        for _ in 0..rows {
            let item = rng.gen_range(0..ITEMS as u32) as usize;
            batch.items.push(item);
            batch.tokens.push(item);
            batch
                .tokens
                .extend((1..self.distance).map(|_| ITEMS + rng.gen_range(0..NOISE as u32) as usize));
            batch.tokens.push(QUESTION);
        }
        batch
    }
}
// ANCHOR_END: recall

/// Scores for the items, with their tape.
pub type Answer = Rows<ITEMS, f32, Cpu, OwnedTape<f32, Cpu>>;

/// How to train on the task.
#[derive(Debug, Clone, Copy)]
pub struct Training {
    /// Steps of 32 sequences.
    pub steps: usize,
    /// How to step.
    pub rule: Rule,
    /// The highest learning rate.
    pub rate: f64,
    /// Gradients longer than this are shortened.
    pub clip: f64,
    /// Of the sequences.
    pub seed: u64,
}

impl Default for Training {
    /// The same for every kind of model, so that they can be compared.
    fn default() -> Self {
        Self { steps: 500, rule: Rule::Adam { betas: [0.9, 0.99] }, rate: 0.005, clip: 1.0, seed: 1 }
    }
}

// ANCHOR: learn
/// Trains `model` on `task`, with `answer` as its way to answer the question at the end of rows of
/// tokens. Stops early once 20 losses in a row are below 0.01. Returns the loss of every step.
///
/// # Errors
/// [`FitError::NotANumber`] when the loss is no longer finite.
pub fn learn<M: TensorCollection<f32, Cpu, To<f32, Cpu> = M>>(
    model: &mut M,
    task: Recall,
    training: Training,
    answer: impl Fn(&M, &[usize]) -> Answer,
) -> Result<Vec<f64>, FitError> {
    let mut rng = seeds::generator(training.seed);
    let Training { steps, rule, rate, clip, .. } = training;
    let mut optimiser = Optimiser::new(rule, &Cpu::default());
    let schedule = WarmupCosine { peak: rate, floor: rate / 10.0, warmup: 20, steps };
    let mut losses = Vec::new();
    let loss = |model: &M, _| {
        let batch = task.batch(32, &mut rng);
        cross_entropy(answer(model, &batch.tokens), &batch.items)
    };
    let watch = |_: &M, _, loss| {
        losses.push(loss);
        losses.len() < 20 || losses[losses.len() - 20..].iter().any(|&loss| loss > 0.01)
    };
    fit(model, &mut optimiser, &schedule, clip, loss, watch)?;
    Ok(losses)
}

/// The share of 512 new sequences whose item has the highest score. By chance it is 1/8.
pub fn accuracy<M>(model: &M, task: Recall, seed: u64, answer: impl Fn(&M, &[usize]) -> Answer) -> f64 {
    const ROWS: usize = 512;
    let batch = task.batch(ROWS, &mut seeds::generator(seed));
    let scores = answer(model, &batch.tokens).as_vec();
    let best = |row: &[f32]| (0..ITEMS).max_by(|&a, &b| row[a].total_cmp(&row[b])).expect("eight items");
    let right = scores.chunks(ITEMS).zip(&batch.items).filter(|(row, item)| best(row) == **item);
    right.count() as f64 / ROWS as f64
}
// ANCHOR_END: learn

/// A kind of model that is compared by distance: its name, and how to train one with a seed and
/// judge it.
pub type Kind = (&'static str, fn(Recall, u64) -> Result<f64, FitError>);

/// The distances by which kinds of models are compared, in this chapter and the next.
pub const DISTANCES: [usize; 5] = [5, 10, 20, 40, 80];

/// What each kind recalls at each of the [`DISTANCES`], the mean of three seeds.
///
/// # Errors
/// [`FitError::NotANumber`] when a training diverges.
///
/// # Panics
/// Never: every distance is at least 1.
pub fn by_distance(kinds: &[Kind]) -> Result<Vec<[f64; DISTANCES.len()]>, FitError> {
    const SEEDS: u64 = 3;
    let cells = kinds.iter().flat_map(|kind| DISTANCES.map(|distance| (kind.1, distance)));
    let runs: Vec<_> =
        cells.flat_map(|(train, distance)| (1..=SEEDS).map(move |seed| (train, distance, seed))).collect();
    let run = |&(train, distance, seed): &(fn(_, _) -> _, usize, u64)| train(Recall { distance }, seed);
    let shares = runs.par_iter().map(run).collect::<Result<Vec<f64>, FitError>>()?;
    let means: Vec<f64> =
        shares.chunks(SEEDS as usize).map(|seeds| seeds.iter().sum::<f64>() / SEEDS as f64).collect();
    Ok(means.as_chunks().0.to_vec())
}

/// Trains a reader with the cell `C`, changed by `prepare` before the first step, and returns what
/// it recalls.
///
/// # Errors
/// [`FitError::NotANumber`] when the training diverges.
pub fn train_reader<const EMBED: usize, const HIDDEN: usize, C>(
    task: Recall,
    seed: u64,
    prepare: impl Fn(&mut C),
) -> Result<f64, FitError>
where
    C: Cell<EMBED, HIDDEN, f32, Cpu> + TensorCollection<f32, Cpu, To<f32, Cpu> = C> + Clone,
{
    type Model<const EMBED: usize, const HIDDEN: usize, C> =
        Reader<VOCAB, EMBED, HIDDEN, ITEMS, C, f32, Cpu>;
    let mut model = Model::<EMBED, HIDDEN, C>::build(&Cpu::default());
    initialise(&mut model, 1.0, seed);
    prepare(&mut model.cell);
    let answer = |model: &Model<EMBED, HIDDEN, C>, tokens: &[usize]| {
        model.last(tokens, task.length(), OwnedTape::default())
    };
    learn(&mut model, task, Training { seed, ..Training::default() }, answer)?;
    Ok(accuracy(&model, task, seed + 100, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_an_item_noise_and_a_question() {
        let task = Recall::at(5).unwrap();
        let batch = task.batch(50, &mut seeds::generator(1));
        assert_eq!((batch.tokens.len(), batch.items.len()), (50 * task.length(), 50));
        for (row, &item) in batch.tokens.chunks(task.length()).zip(&batch.items) {
            assert_eq!((row[0], row[5]), (item, QUESTION));
            assert!(item < ITEMS && row[1..5].iter().all(|token| (ITEMS..QUESTION).contains(token)));
        }
        assert_eq!(Recall::at(1).unwrap().batch(1, &mut seeds::generator(1)).tokens.len(), 2);
        assert_eq!(Recall::at(0), Err(RecallError::NoDistance));
    }
}
