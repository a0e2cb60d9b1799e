//! A run that costs what it may: from a budget of operations to a trained model.

use super::stories::Stories;
use deep_networks::{Optimiser, WarmupCosine};
use dfdx::prelude::{BuildModule, Cpu};
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::tokenizer::Tokens;
use gpt::{Settings, Shape, Whole};
use kernels::Workers;

/// Stories in a batch, some 540 tokens: few, so that a small budget pays for many steps.
pub const BATCH: usize = 2;
/// The seeds of the stories to train on begin behind this number; those to be judged by are below.
const STREAM: u64 = 1000;

/// What decides a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Floating-point operations that training may cost.
    pub budget: f64,
    /// The highest learning rate.
    pub rate: f64,
    /// Decides the weights at the start and the stories that are read. Models of all sizes read the same.
    pub seed: u64,
}

/// A trained model, and what was spent on it.
#[derive(Debug)]
pub struct Trained<M> {
    /// The model.
    pub model: M,
    /// Steps of the optimiser.
    pub steps: usize,
    /// D: tokens that were predicted, each once.
    pub tokens: usize,
    /// C: operations that their forward and backward passes cost, by [`operations`].
    pub operations: f64,
}

/// C, the floating-point operations of training on a text of `tokens` predictions: three times those of
/// reading it.
pub fn operations(shape: &Shape, tokens: usize) -> f64 {
    3.0 * (tokens * shape.flops_per_token(tokens)) as f64
}

/// What one story costs on average over a thousand of them.
fn mean_cost(shape: &Shape, tokenizer: &Tokens) -> f64 {
    const STORIES: usize = 1000;
    let mut stories = Stories::new(STREAM, tokenizer);
    let cost = |_| operations(shape, stories.tokens().len() - 1);
    (0..STORIES).map(cost).sum::<f64>() / STORIES as f64
}

/// How many predictions each row of a batch asks for.
fn predictions(batch: &Batch) -> Vec<usize> {
    let weights = batch.weights.as_deref().unwrap_or_default();
    let rows = weights.chunks_exact(weights.len() / batch.rows);
    rows.map(|row| row.iter().filter(|weight| **weight > 0.0).count()).collect()
}

// ANCHOR: train
/// Trains a new model until the budget is spent, on average over stories: as many steps as it pays for.
/// The learning rate rises over the first tenth of them, and falls to a tenth at the end of the run.
pub fn train<M: Whole<Cpu>>(plan: Plan, tokenizer: &Tokens, workers: &Workers) -> Trained<M> {
    let usual = Settings::stories();
    let a_step = BATCH as f64 * mean_cost(&M::SHAPE, tokenizer);
    let steps = (plan.budget / a_step).round().max(1.0) as usize;
    let schedule =
        WarmupCosine { peak: plan.rate, floor: plan.rate / 10.0, warmup: steps.div_ceil(10), steps };
    let mut model = M::build(&Cpu::default());
    initialise(&mut model, plan.seed);
    let mut optimiser = Optimiser::new(usual.adamw(), model.device());
    let mut stories = Stories::new(STREAM + plan.seed, tokenizer);
    let (mut gradients, mut tokens, mut spent) = (Vec::new(), 0, 0.0);
    for step in 0..steps {
        let batch = stories.batch(BATCH);
        for row in predictions(&batch) {
            tokens += row;
            spent += operations(&M::SHAPE, row);
        }
        loss_and_gradients(workers, &model, &batch, (0.0, 0), &mut gradients);
        let rate = schedule.rate(step);
        workers.update(&mut optimiser, &mut model, &mut gradients, usual.clip, rate);
    }
    Trained { model, steps, tokens, operations: spent }
}
// ANCHOR_END: train

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::by_name;
    use gpt::{Gpt, sizes};

    sizes!(Small { vocab: 256, context: 2500, model: 8, heads: 2, head_dim: 4, hidden: 16, layers: 1 });

    fn trained(plan: Plan) -> Trained<Gpt<Small>> {
        train(plan, &Tokens::Bytes, &Workers::with(2))
    }

    #[test]
    fn a_run_costs_what_it_may() {
        for budget in [2e9, 5e9] {
            let run = trained(Plan { budget, rate: 1e-3, seed: 1 });
            // Stories differ in length by a tenth, and steps are whole.
            assert!((run.operations / budget - 1.0).abs() < 0.1, "{} of {budget}", run.operations);
            let mut stories = Stories::new(STREAM + 1, &Tokens::Bytes);
            let lengths: Vec<usize> = (0..BATCH * run.steps).map(|_| stories.tokens().len() - 1).collect();
            assert_eq!(run.tokens, lengths.iter().sum::<usize>(), "every token of its stories once");
            let cost: f64 = lengths.iter().map(|&length| operations(&Shape::of::<Small>(), length)).sum();
            assert_eq!(run.operations, cost);
        }
    }

    #[test]
    fn reading_costs_a_third_of_training() {
        let shape = Shape::of::<Small>();
        let read: usize = (1..=100).map(|keys| shape.flops_at(keys)).sum();
        assert_eq!(operations(&shape, 100), 3.0 * read as f64);
    }

    #[test]
    fn the_same_plan_gives_the_same_model_and_another_plan_another() {
        let weights = |plan| by_name(&trained(plan).model);
        let plan = Plan { budget: 1e9, rate: 1e-3, seed: 1 };
        assert!(weights(plan) == weights(plan), "the same plan gave another model");
        for other in [Plan { seed: 2, ..plan }, Plan { rate: 2e-3, ..plan }, Plan { budget: 2e9, ..plan }] {
            assert!(weights(plan) != weights(other), "{other:?}");
        }
    }
}
