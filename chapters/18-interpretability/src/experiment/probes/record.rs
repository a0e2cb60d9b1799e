//! What was measured, as it is kept in `probes.json`.

use serde::{Deserialize, Serialize};

pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/probes.json");

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub processor: String,
    pub date: String,
    /// Stories that the probes are made of, and others that they are judged by.
    pub train: usize,
    pub test: usize,
    /// For each depth that is done, for each slot, in the order of `DRAWN`: the accuracy behind each beat.
    pub behind: Vec<Vec<Vec<f64>>>,
    pub places: Vec<Places>,
    /// The same of a model that has read nothing.
    pub untrained: Vec<Places>,
    pub groups: Vec<Groups>,
}

/// A slot that is told twice.
#[derive(Debug, Serialize, Deserialize)]
pub struct Places {
    pub slot: String,
    /// Test stories in which it is.
    pub test: usize,
    /// For each depth the accuracy where it is told, halfway, and where it is needed.
    pub accuracy: Vec<[f64; 3]>,
}

/// Groups of words, at one depth.
#[derive(Debug, Serialize, Deserialize)]
pub struct Groups {
    pub what: String,
    pub depth: usize,
    /// Of the real groups: words that the probe has seen, and words that it has not.
    pub seen: f64,
    pub unseen: f64,
    /// The same of groups by lot, for each lot.
    pub lot_seen: Vec<f64>,
    pub lot_unseen: Vec<f64>,
    /// Stories that judge words that were seen, and all.
    pub n_seen: usize,
    pub n_unseen: usize,
}
