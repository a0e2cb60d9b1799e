//! What was measured, as it is kept beside the chapter: the runs take a quarter of an hour and more.

use anyhow::Result;
use gpt::Shape;
use kernels::measured;
use scaling::law::lab::Found;
use scaling::law::sizes::LADDER;
use serde::{Deserialize, Serialize};

/// All that was measured. It grows run by run, and can be stopped at any time.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Study {
    pub processor: String,
    pub date: String,
    /// On the budget that chose the rates.
    pub rates: Vec<Trial>,
    /// On a larger one.
    #[serde(default)]
    pub later_rates: LaterRates,
    pub runs: Vec<Run>,
    /// Checkpoints of the default run of `mini-gpt`.
    #[serde(default)]
    pub default_run: DefaultRun,
}

/// Checkpoints of one run, and where they were judged.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct DefaultRun {
    pub processor: String,
    pub date: String,
    pub found: Vec<Found>,
}

/// Learning rates that were tried on a budget that did not choose, and where.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LaterRates {
    pub processor: String,
    pub date: String,
    pub tried: Vec<Trial>,
}

/// A learning rate that was tried.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Trial {
    /// The width of the model, which is its name.
    pub width: usize,
    pub rate: f64,
    /// Bits a character on the stories for validation.
    pub loss: f64,
}

/// A run, and what came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// The width of the model, which is its name.
    pub width: usize,
    /// What the run was to cost, in operations.
    pub budget: f64,
    pub seed: u64,
    pub rate: f64,
    /// Training, judging and writing together.
    pub seconds: f64,
    pub found: Found,
}

impl Run {
    pub fn shape(&self) -> Shape {
        shape(self.width)
    }
}

/// The sizes of the model of a width.
pub fn shape(width: usize) -> Shape {
    LADDER.into_iter().find(|shape| shape.model == width).expect("the file holds models of the ladder")
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/law.json");

impl Study {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }

    /// The rate with the lowest loss for a width, and whether slower and faster ones were both worse.
    pub fn best_rate(&self, width: usize) -> Option<(f64, bool)> {
        best_of(&self.rates, width)
    }
}

/// The trials of a width, from the slowest rate on.
pub fn trials(all: &[Trial], width: usize) -> Vec<&Trial> {
    let mut of: Vec<&Trial> = all.iter().filter(|trial| trial.width == width).collect();
    of.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    of
}

/// The best rate among the trials of a width, and whether slower and faster ones were both worse.
pub fn best_of(all: &[Trial], width: usize) -> Option<(f64, bool)> {
    let tried = trials(all, width);
    let best = (0..tried.len()).min_by(|&a, &b| tried[a].loss.total_cmp(&tried[b].loss))?;
    Some((tried[best].rate, best > 0 && best + 1 < tried.len()))
}
