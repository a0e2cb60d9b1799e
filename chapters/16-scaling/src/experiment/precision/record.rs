//! What was measured, as it is kept beside the chapter.

use anyhow::Result;
use gpt::sizes::LaptopBpe;
use gpt::{Gpt, Run};
use kernels::measured;
use serde::{Deserialize, Serialize};

/// The run that `mini-gpt` makes without arguments.
pub type DefaultRun = Run<Gpt<LaptopBpe>>;

/// What was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// Where all was measured that names no machine of its own.
    #[serde(flatten)]
    pub machine: Machine,
    /// The default model, rounded.
    pub rounded: Vec<Rounded>,
    /// Bits per character of the best possible model on the same text.
    pub floor: f64,
    pub flushed: Vec<Flushed>,
    pub trained: Vec<Trained>,
}

/// A processor, and the day on which it measured.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub date: String,
}

/// A model, rounded after training.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rounded {
    pub weights: String,
    pub stream: String,
    /// Bytes of the weights.
    pub bytes: usize,
    pub bits_per_char: f64,
}

/// What f16 does to slopes that were multiplied by 2^`scale`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flushed {
    /// Which model's, and by what.
    pub slopes: String,
    /// How many there are that are not 0.
    pub count: usize,
    pub scale: i32,
    /// The share that becomes 0, and the share that becomes infinite.
    pub zero: f64,
    pub infinite: f64,
}

/// One training run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trained {
    pub recipe: String,
    pub rate: f64,
    pub seed: u64,
    /// Bits per character; none where the run diverged.
    pub validation: Option<f64>,
    pub test: Option<f64>,
    /// The share of numbers that a step left as they were, over the last steps.
    pub unmoved: f64,
    /// The share of slopes that became 0 on the way back, over the last steps, where they were rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<f64>,
    /// Where it ran, if not where the rest was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/precision.json");

impl Record {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}
