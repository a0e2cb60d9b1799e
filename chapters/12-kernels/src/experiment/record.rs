//! What was measured, as it is kept beside the chapter: times change from run to run, and a page
//! must not.

use anyhow::Result;
use kernels::measured::{self, Table};
use serde::{Deserialize, Serialize};

/// One round of measurements on one machine.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub machine: Machine,
    /// Where the composite step's time goes.
    pub profile: Vec<Share>,
    /// Each part of a GPT on one thread.
    pub parts: Vec<Part>,
    /// The training step with one kernel more each time.
    pub steps: Vec<Step>,
    /// The training step with all kernels, for models and batches of other sizes.
    pub sizes: Vec<Size>,
}

/// Where it was measured.
#[derive(Debug, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub date: String,
    /// GFLOP/s of a large matrix product on one thread, and on all.
    pub peak: f64,
    pub peak_of_all: f64,
    /// GB/s read and written by copying, from memory and from the cache, on one thread.
    pub memory: f64,
    pub cache: f64,
}

/// One kind of operation in the composite step.
#[derive(Debug, Serialize, Deserialize)]
pub struct Share {
    pub name: String,
    pub milliseconds: f64,
}

/// One part, forward and backward.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    /// Floating-point operations.
    pub operations: f64,
    /// Bytes that must be read or written at least once.
    pub bytes: f64,
    pub composite: f64,
    pub kernel: f64,
}

/// One way to compute a training step.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    pub name: String,
    pub milliseconds: f64,
}

/// One size.
#[derive(Debug, Serialize, Deserialize)]
pub struct Size {
    /// What was changed from the laptop size.
    pub what: String,
    pub value: usize,
    pub tokens: usize,
    pub operations: f64,
    pub milliseconds: f64,
}

/// What was measured against PyTorch.
pub fn comparison() -> Result<Vec<Table>> {
    Ok(measured::load(concat!(env!("CARGO_MANIFEST_DIR"), "/pytorch.json"))?)
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measured.json");

impl Record {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}
