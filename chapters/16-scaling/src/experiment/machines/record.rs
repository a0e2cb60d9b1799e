//! What was measured, as it is kept in `machines.json`.

use anyhow::Result;
use kernels::measured::{self, median};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/machines.json");

/// Windows in a batch.
pub const BATCHES: [usize; 4] = [1, 4, 16, 64];
/// Held-out losses in nats a byte to which steps are counted.
pub const TARGETS: [f64; 2] = [2.6, 2.4];
/// Seeds of all runs. They choose the rates together.
pub const SEEDS: [u64; 3] = [1, 2, 3];

/// All that was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Study {
    pub processor: String,
    pub date: String,
    pub runs: Vec<Race>,
    pub noise: Vec<Noise>,
}

/// A run to the targets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Race {
    pub batch: usize,
    pub rate: f64,
    pub seed: u64,
    /// For each target the steps to it, by the text that chooses and by the one that reports.
    pub steps: Vec<[Option<usize>; 2]>,
}

/// What single windows say about the gradient at some step of a run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Noise {
    pub seed: u64,
    pub step: usize,
    pub loss: f64,
    /// Estimates of |G|² and tr Σ.
    pub signal: f64,
    pub scatter: f64,
}

impl Noise {
    /// The noise scale, in windows.
    pub fn scale(&self) -> f64 {
        self.scatter / self.signal
    }
}

impl Study {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    /// What there is, or nothing yet. A file that cannot be read is left alone.
    pub fn load_or_begin() -> Result<Self> {
        if Path::new(FILE).exists() { Self::load() } else { Ok(Self::default()) }
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }

    /// The runs with batches of `batch`, by rate.
    pub fn by_rate(&self, batch: usize) -> Vec<(f64, Vec<&Race>)> {
        let mut rates: Vec<f64> = self.runs.iter().filter(|r| r.batch == batch).map(|r| r.rate).collect();
        rates.sort_by(f64::total_cmp);
        rates.dedup();
        let runs =
            |rate: f64| self.runs.iter().filter(move |r| r.batch == batch && r.rate == rate).collect();
        rates.into_iter().map(|rate| (rate, runs(rate))).collect()
    }

    /// For `target` the best of the rates tried with batches of `batch`: its place among them, the rate, and
    /// its steps by the text that chooses, the median of the seeds. A run that never came there took for
    /// ever.
    pub fn best(&self, batch: usize, target: usize) -> Option<(usize, f64, f64)> {
        let steps = |races: &Vec<&Race>| {
            let steps: Vec<f64> = races
                .iter()
                .map(|race| race.steps[target][0].map_or(f64::INFINITY, |s| s as f64))
                .collect();
            if steps.len() == SEEDS.len() { median(&steps) } else { f64::INFINITY }
        };
        let rates = self.by_rate(batch);
        let tried = rates.iter().enumerate().map(|(place, (rate, races))| (place, *rate, steps(races)));
        tried.min_by(|a, b| a.2.total_cmp(&b.2))
    }
}
