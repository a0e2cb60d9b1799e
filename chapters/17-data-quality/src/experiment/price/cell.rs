//! What was measured of one diet, beside what was measured of another.

use super::PART;
use super::measure::Run;
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{FEW, READING_ON};
use anyhow::{Result, ensure};

/// The runs of one diet at one rate, seed by seed.
pub struct Cell<'a>(Vec<&'a Run>);

impl Cell<'_> {
    pub fn totals(&self) -> Vec<f64> {
        self.0.iter().map(|run| run.total()).collect()
    }

    /// What each seed pays more than `base`.
    pub fn beyond(&self, base: &Self) -> Vec<f64> {
        self.totals().iter().zip(base.totals()).map(|(this, base)| this - base).collect()
    }

    /// The same of one kind of knowledge.
    pub fn beyond_in(&self, kind: usize, base: &Self) -> Vec<f64> {
        self.0.iter().zip(&base.0).map(|(this, base)| this.above[kind] - base.above[kind]).collect()
    }
}

impl Ledger<Run> {
    /// The runs of a diet at a rate, by seed; the rate rose over a tenth of the steps, or over so many.
    pub fn runs_of(&self, diet: &Diet, rate: f64, warmup: Option<usize>) -> Vec<&Run> {
        let mut runs: Vec<&Run> = self.runs().filter(|run| run.is(diet, rate, warmup)).collect();
        runs.sort_by_key(|run| run.seed);
        runs
    }

    /// The same at the usual rate, with every seed.
    pub fn cell(&self, diet: &Diet) -> Result<Cell<'_>> {
        self.warmed(diet, None)
    }

    /// The same where the rate rose over so many steps.
    pub fn warmed(&self, diet: &Diet, warmup: Option<usize>) -> Result<Cell<'_>> {
        let runs = self.runs_of(diet, READING_ON.rate, warmup);
        let complete = runs.iter().map(|run| &run.seed).eq(&FEW);
        ensure!(complete, "{diet:?} was not measured with every seed: `measure {PART}`");
        Ok(Cell(runs))
    }

    /// What each seed pays more with `diet` than with `base`.
    pub fn more(&self, diet: &Diet, base: &Diet) -> Result<Vec<f64>> {
        Ok(self.cell(diet)?.beyond(&self.cell(base)?))
    }
}
