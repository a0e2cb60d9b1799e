//! At which rates a line is read.

use super::line::Line;
use super::record::{Job, Run};
use super::{PART, RATES};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::FEW;
use anyhow::{Context, Result};

/// The rates that were tried with the first seed, and what a validation story costs at each.
pub fn tried(ledger: &Ledger<Run>, line: Line) -> Vec<(f64, f64)> {
    let runs = ledger.runs().filter(|run| run.line == line.name() && run.seed == FEW[0]);
    let mut tried: Vec<(f64, f64)> = runs.filter_map(|run| Some((run.rate, run.validation?))).collect();
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    tried
}

/// The best rate for a line by the validation stories.
pub fn rate(ledger: &Ledger<Run>, line: Line) -> Result<f64> {
    let best = tried(ledger, line).into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
    Ok(best.with_context(|| format!("no rate was tried for {}: `measure {PART}`", line.name()))?.0)
}

/// What is to be tried next: three rates, then twice and half the best, until both are worse.
pub fn next_rates(ledger: &Ledger<Run>, line: Line) -> Vec<Job> {
    let rates = rate(ledger, line).map_or(RATES.to_vec(), |best| vec![best / 2.0, best * 2.0]);
    let jobs = rates.into_iter().map(|rate| Job { line, seed: FEW[0], rate });
    jobs.filter(|job| !ledger.runs().any(|run| run.is(*job))).collect()
}

/// The runs of a line at its rate, by seed; where one was made twice, the one that has chosen the rate.
pub fn by_seed(ledger: &Ledger<Run>, line: Line) -> Result<Vec<&Run>> {
    let rate = rate(ledger, line)?;
    let run = |seed| {
        let job = Job { line, seed, rate };
        let run = ledger.runs().filter(|run| run.is(job)).max_by_key(|run| run.validation.is_some());
        run.with_context(|| format!("this was not measured: {job:?}: `measure {PART}`"))
    };
    FEW.into_iter().map(run).collect()
}
