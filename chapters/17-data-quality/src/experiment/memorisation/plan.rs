//! What is trained: which texts each model reads, and at which rate.

use super::super::ledger::Ledger;
use super::super::setup::FEW;
use super::record::{Diet, Job, Run};
use super::sizes::{MIDDLE, SIZES};
use anyhow::{Result, anyhow};

pub const PART: &str = "memorisation";
/// How often each story is read where all are read equally often.
pub const EPOCHS: [usize; 6] = [1, 2, 4, 8, 16, 64];
/// How often each story of the tenth that is repeated is read.
pub const REPEATED: [usize; 5] = [2, 6, 24, 96, 384];
/// The highest learning rate that is tried first; the others are this one doubled and halved.
const FIRST_RATE: f64 = 8e-3;

/// Diets whose rate is chosen: for the middle size each number of epochs, for the others different
/// stories.
pub fn chosen() -> Vec<(usize, Diet)> {
    let middle = EPOCHS.map(|times| (MIDDLE.model, Diet::epochs(times)));
    let others = SIZES.iter().filter(|shape| **shape != MIDDLE);
    middle.into_iter().chain(others.map(|shape| (shape.model, Diet::DIFFERENT))).collect()
}

/// The runs with the first seed, by rate.
pub fn tried(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Vec<&Run> {
    let is = |run: &&Run| (run.job.width, run.job.diet, run.job.seed) == (width, diet, FEW[0]);
    let mut runs: Vec<&Run> = ledger.runs().filter(is).collect();
    runs.sort_by(|a, b| a.job.rate.total_cmp(&b.job.rate));
    runs
}

/// The best rate for a diet by the validation stories. Where a part is repeated it is that of different
/// stories.
pub fn rate(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Result<f64> {
    let diet = if chosen().contains(&(width, diet)) { diet } else { Diet::DIFFERENT };
    let runs = tried(ledger, width, diet).into_iter();
    let best = runs.min_by(|a, b| a.validation.total_cmp(&b.validation));
    Ok(best.ok_or_else(|| anyhow!("no rate was tried for width {width}, {}", diet.name()))?.job.rate)
}

/// What is to be tried next: twice and half the best rate, until both are worse.
pub fn next_rates(ledger: &Ledger<Run>, (width, diet): (usize, Diet)) -> Vec<Job> {
    let best = rate(ledger, width, diet);
    let rates = best.map_or(vec![FIRST_RATE], |best| vec![best / 2.0, best * 2.0]);
    let jobs = rates.into_iter().map(|rate| Job { width, diet, rate, seed: FEW[0] });
    jobs.filter(|job| !ledger.runs().any(|run| run.job == *job)).collect()
}

/// The runs of a diet at its rate, by seed.
pub fn cell(ledger: &Ledger<Run>, width: usize, diet: Diet) -> Result<Vec<&Run>> {
    let rate = rate(ledger, width, diet)?;
    let run = |seed| {
        let job = Job { width, diet, rate, seed };
        let run = ledger.runs().find(|run| run.job == job);
        run.ok_or_else(|| anyhow!("this was not measured: {job:?}"))
    };
    FEW.into_iter().map(run).collect()
}
