//! What is kept of a model that was looked into while it learned.

use language_models::story::KINDS;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const PART: &str = "cliff";

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Learned {
    pub layers: usize,
    pub seed: u64,
    pub snapshots: Vec<Snapshot>,
}

/// What it was like after so many steps.
#[derive(Debug, Serialize, Deserialize)]
pub struct Snapshot {
    pub step: usize,
    /// Bits that it pays for a token beyond the truth, by [`KINDS`].
    pub bits: [f64; KINDS.len()],
    /// Bits for a token of random tokens, in their first reading and in their second.
    pub halves: [f64; 2],
    /// Of each head, block by block: its prefix-matching score on these.
    pub prefix: Vec<f64>,
    /// In stories, how much it looks at the token before;
    pub previous: Vec<f64>,
    /// and, where a name told before comes next, at where it was told.
    pub fetch: Vec<f64>,
}

impl Learned {
    /// The place of a kind in [`Snapshot::bits`].
    pub fn kind(name: &str) -> usize {
        KINDS.iter().position(|(_, other)| *other == name).expect("a kind of that name")
    }
}
