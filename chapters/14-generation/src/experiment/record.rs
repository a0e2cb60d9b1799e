//! What was measured, as it is kept beside the chapter: it needs a trained model, and times change
//! from run to run.

use anyhow::Result;
use kernels::measured;
use serde::{Deserialize, Serialize};

/// One round of measurements with one model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Study {
    pub processor: String,
    pub date: String,
    /// Stories written for each way of choosing.
    pub stories: usize,
    pub ways: Vec<Way>,
    pub beams: Vec<Search>,
    /// Milliseconds a token by the length of the text, with and without the cache.
    pub lengths: Vec<Length>,
    /// None before it was measured: it has a word of its own, and came later than the rest.
    pub at_once: Option<AtOnce>,
    /// A beginning, and the lines that explain what follows.
    pub explained: (String, Vec<String>),
}

/// A way of choosing, and what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Way {
    /// Ways that are drawn as one line: "temperature", "top-p", or the grammar itself.
    pub family: String,
    pub value: f64,
    pub told: f64,
    pub variety: f64,
}

/// What a beam of some width found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Search {
    pub width: usize,
    pub bits: f64,
    pub told: bool,
    pub text: String,
}

/// Around one length of the text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Length {
    pub tokens: usize,
    pub with_cache: f64,
    pub without: f64,
}

/// Stories written one after another on each thread, and side by side.
#[derive(Debug, Serialize, Deserialize)]
pub struct AtOnce {
    pub processor: String,
    pub date: String,
    pub races: Vec<Race>,
}

/// So many stories on so many threads, both ways in turn.
#[derive(Debug, Serialize, Deserialize)]
pub struct Race {
    pub threads: usize,
    pub stories: usize,
    /// Of these, how many are the same both ways: rounding may choose another token.
    pub same: usize,
    /// Microseconds a token one after another, in each round.
    pub alone: Vec<f64>,
    /// Microseconds a token side by side, in each round.
    pub side_by_side: Vec<f64>,
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measured.json");

impl Study {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}
