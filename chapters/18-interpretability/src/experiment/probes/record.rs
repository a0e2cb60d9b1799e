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
    /// Stories that were told until so many fitted into the model's window.
    pub told: usize,
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
    /// How many words there are, and how many groups.
    pub words: usize,
    pub kinds: usize,
    /// Words that the probe has seen: the accuracy on new stories, of the real groups and of each lot.
    pub seen: f64,
    pub lot_seen: Vec<f64>,
    /// Words that it has not seen: of how many most stories are right.
    pub unseen: usize,
    pub lot_unseen: Vec<usize>,
}
