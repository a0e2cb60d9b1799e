//! What was measured, found again.

use super::filter::How;
use super::measure::Run;
use super::{PART, SEEDS};
use crate::experiment::ledger::Ledger;
use anyhow::{Result, ensure};
use data_quality::dirt::Dirt;
use kernels::measured::median;

/// The runs of a filter, by seed: those of all `seeds`, or an error that names the `part` to measure.
pub fn by_seed<'a>(
    ledger: &'a Ledger<Run>,
    (dirt, how): (Dirt, How),
    seeds: &[u64],
    part: &str,
) -> Result<Vec<&'a Run>> {
    let (dirt, filter) = (dirt.name(), how.name());
    let mut runs: Vec<&Run> =
        ledger.runs.iter().filter(|run| run.dirt == dirt && run.filter == filter).collect();
    runs.sort_by_key(|run| run.seed);
    let complete = runs.iter().map(|run| &run.seed).eq(seeds);
    ensure!(complete, "{dirt}, {filter}: not every seed was measured: `measure {part}`");
    Ok(runs)
}

impl Ledger<Run> {
    /// The runs of a filter, by seed.
    pub fn by_seed(&self, dirt: Dirt, how: How) -> Result<Vec<&Run>> {
        by_seed(self, (dirt, how), &SEEDS, PART)
    }

    /// Something of each of them.
    pub fn values(&self, dirt: Dirt, how: How, of: impl Fn(&Run) -> f64) -> Result<Vec<f64>> {
        Ok(self.by_seed(dirt, how)?.into_iter().map(of).collect())
    }

    /// The middle one.
    pub fn middle(&self, dirt: Dirt, how: How, of: impl Fn(&Run) -> f64) -> Result<f64> {
        Ok(median(&self.values(dirt, how, of)?))
    }
}
