//! What was measured, as it is kept beside the chapter: times change from run to run, and a page
//! must not.

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

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

/// One setting of `cargo x compare-pytorch --save`.
#[derive(Debug, Deserialize)]
pub struct Table {
    pub machine: String,
    pub name: String,
    pub step: String,
    pub threads: String,
    pub rounds: usize,
    pub rows: Vec<Row>,
}

/// Medians of one program.
#[derive(Debug, Deserialize)]
pub struct Row {
    pub name: String,
    pub milliseconds: f64,
    pub cpu_milliseconds: f64,
    pub peak_mib: f64,
    /// The first row's time as a share of this row's.
    pub ratio: f64,
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn load<T: DeserializeOwned>(name: &str) -> Result<T> {
    let path = path(name);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

/// What was measured against PyTorch.
pub fn comparison() -> Result<Vec<Table>> {
    load("pytorch.json")
}

impl Record {
    pub fn load() -> Result<Self> {
        load("measured.json")
    }

    pub fn save(&self) -> Result<()> {
        Ok(std::fs::write(path("measured.json"), serde_json::to_string_pretty(self)? + "\n")?)
    }
}
