//! A run: what it is asked to do, and what is kept of it.

use super::line::Line;
use language_models::story::KINDS;
use serde::{Deserialize, Serialize};

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    /// What it has read.
    pub line: String,
    pub seed: u64,
    /// The highest rate of learning.
    pub rate: f64,
    /// Tokens and texts that were read, and the texts among them that are dirt.
    pub tokens: usize,
    pub texts: usize,
    pub dirty: usize,
    /// Bits a validation story above the floor, for choosing a rate; none of older runs, at the rate that was
    /// chosen later.
    pub validation: Option<f64>,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Whether this is the run that was to be made.
    pub fn is(&self, job: Job) -> bool {
        (self.line.as_str(), self.seed, self.rate) == (job.line.name(), job.seed, job.rate)
    }

    /// The share of dirt among the texts that were read.
    pub fn dirt_share(&self) -> f64 {
        self.dirty as f64 / self.texts as f64
    }

    /// Bits a test story above the floor.
    pub fn bits(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// A run that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    pub line: Line,
    pub seed: u64,
    pub rate: f64,
}
