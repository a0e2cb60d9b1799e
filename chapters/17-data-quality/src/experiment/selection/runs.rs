//! What was measured, found again.

use super::PART;
use super::filter::How;
use super::measure::Run;
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::SEEDS;
use anyhow::{Result, ensure};
use data_quality::dirt::Dirt;
use kernels::measured::median;

impl Ledger<Run> {
    /// The runs of a filter, by seed.
    pub fn by_seed(&self, dirt: Dirt, how: How) -> Result<Vec<&Run>> {
        let (dirt, filter) = (dirt.name(), how.name());
        let mut runs: Vec<&Run> =
            self.runs().filter(|run| run.dirt == dirt && run.filter == filter).collect();
        runs.sort_by_key(|run| run.seed);
        let complete = runs.iter().map(|run| &run.seed).eq(&SEEDS);
        ensure!(complete, "{dirt}, {filter}: not every seed was measured: `measure {PART}`");
        Ok(runs)
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
