//! One policy of each kind.

use super::PART;
use super::way::{Kind, Way};
use crate::experiment::ledger::Ledger;
use crate::experiment::start::{Judged, Model, Purpose, SEEDS, Start, seed_of};
use adaptation::answer::{Answer, Drawn};
use adaptation::dpo::{Pair, batch, margins};
use adaptation::policy::{Recipe, step};
use adaptation::rejection::{accepted, batches};
use adaptation::reward::parsed;
use anyhow::{Result, ensure};
use generation::Sampling;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Instant;
use tensors::seeds;

/// Stories, or pairs of them, to a step of the optimiser where they lie ready.
const BATCH: usize = 32;

/// A policy, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    pub way: Way,
    pub seed: u64,
    /// The share of valid stories in each batch that it was rewarded for, if there were any.
    pub curve: Vec<f64>,
    pub judged: Judged,
}

/// Makes and judges all policies, with the default run's model, which lies in `folder`.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let start = Start::load(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let jobs: Vec<(Way, u64)> =
        Way::all().into_iter().flat_map(|way| SEEDS.map(|seed| (way, seed))).collect();
    let is = |run: &Run, (way, seed): &(Way, u64)| run.way == *way && run.seed == *seed;
    ledger.fill(PART, &jobs, is, |(way, seed)| {
        let begun = Instant::now();
        let run = make(&start, way, seed)?;
        let Judged { valid, stories, kl, .. } = &run.judged;
        eprintln!(
            "{}, seed {seed}: {valid} of {stories}, {:.2} bits, {:.0} s",
            way.name(),
            kl[0],
            begun.elapsed().as_secs_f64()
        );
        Ok(run)
    })
}

fn make(start: &Start, way: Way, seed: u64) -> Result<Run> {
    let plain = Sampling::at(1.0);
    let run = |judged, curve| Run { way, seed, curve, judged };
    Ok(match way {
        Way::Temperature(t) => run(start.judge(&start.model, Sampling::at(t), seed), Vec::new()),
        Way::TopP(p) => {
            run(start.judge(&start.model, Sampling { top_p: Some(p), ..plain }, seed), Vec::new())
        }
        Way::Rejection { written, rounds, rate } => {
            let model = rejection(start, written, rounds, rate, seed);
            run(start.judge(&model, plain, seed), Vec::new())
        }
        Way::Dpo { written, beta, rate } => {
            let drawn = start.write(Purpose::Learning, seed, written);
            let model = dpo(start, paired(&drawn, seed, parsed)?, beta, rate, seed);
            run(start.judge(&model, plain, seed), Vec::new())
        }
        Way::Policy { kind, rate, steps } => {
            let judge = |drawn: &[Drawn]| -> Vec<f64> {
                let mut rewards: Vec<f64> = drawn.iter().map(parsed).collect();
                if kind == Kind::Shuffled {
                    rewards.rotate_right(1);
                }
                rewards
            };
            let (model, curve) = policy(start, &kind.recipe(), rate, steps, seed, judge)?;
            run(start.judge(&model, plain, seed), curve)
        }
    })
}

fn rejection(start: &Start, written: usize, rounds: usize, rate: f64, seed: u64) -> Model {
    let drawn = start.write(Purpose::Learning, seed, written);
    let good = accepted(&drawn, parsed);
    let mut run = start.run(rate, seed);
    start.learn(&mut run, &batches(&good, BATCH, rounds, &mut seeds::generator(seed)));
    run.model
}

/// Pairs of an answer with a higher reward and one with a lower one: as many as there are, each answer once.
pub fn paired(drawn: &[Drawn], seed: u64, reward: impl Fn(&Drawn) -> f64) -> Result<Vec<(Answer, Answer)>> {
    let answers = |is_good: bool| -> Vec<&Answer> {
        let all = drawn.iter().filter(|drawn| (reward(drawn) > 0.0) == is_good);
        all.map(|drawn| &drawn.answer).collect()
    };
    let (good, mut bad) = (answers(true), answers(false));
    ensure!(!good.is_empty() && !bad.is_empty(), "all answers are alike: there is nothing to prefer");
    bad.shuffle(&mut seeds::generator(seed));
    Ok(good.into_iter().cloned().zip(bad.into_iter().cloned()).collect())
}

/// The model after it has seen each pair once.
pub fn dpo(start: &Start, pairs: Vec<(Answer, Answer)>, beta: f64, rate: f64, seed: u64) -> Model {
    let pairs = Pair::all(pairs, &start.model, &start.workers);
    let mut run = start.run(rate, seed);
    for pairs in pairs.chunks(BATCH) {
        let now = margins(&run.model, pairs, beta, &start.workers);
        start.learn(&mut run, &[batch(pairs, &now, beta)]);
    }
    run.model
}

/// The model after so many steps of a policy gradient, and the mean of what it was rewarded with in each.
pub fn policy(
    start: &Start,
    recipe: &Recipe,
    rate: f64,
    steps: usize,
    seed: u64,
    judge: impl Fn(&[Drawn]) -> Vec<f64>,
) -> Result<(Model, Vec<f64>)> {
    let (mut run, mut gradients, mut curve) = (start.run(rate, seed), Vec::new(), Vec::new());
    for number in 0..steps {
        let first = (number * recipe.answers) as u64;
        let stories = first..first + recipe.answers as u64;
        let seeds = stories.map(|story| seed_of(Purpose::Learning, seed, story));
        let told = step(&mut run, &start.model, recipe, seeds, &judge, (&start.workers, &mut gradients))?;
        curve.push(told.reward);
    }
    Ok((run.model, curve))
}
