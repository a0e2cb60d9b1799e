//! What was measured, as it is kept in `explanations.json`.

use serde::{Deserialize, Serialize};

pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/explanations.json");

/// The explanations, in the order of their numbers in [`Slot::ranked`].
pub const METHODS: [&str; 9] = [
    "attention, mean",
    "attention rollout",
    "attention, best head",
    "length of gradient",
    "gradient × input",
    "size of gradient × input",
    "occlusion",
    "recency",
    "same token",
];

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub processor: String,
    pub date: String,
    /// Pairs of each slot that the best head was chosen by.
    pub chosen_by: usize,
    /// The block and the head that rank the sources of those pairs highest, and how highly.
    pub head: (usize, usize),
    pub head_ranked: f64,
    pub slots: Vec<Slot>,
}

/// The pairs of one slot.
#[derive(Debug, Serialize, Deserialize)]
pub struct Slot {
    pub name: String,
    /// In how many pairs the very token that comes next stands at a source.
    pub copied: usize,
    /// Pairs that were looked at until there were enough that the model tells apart.
    pub looked_at: usize,
    /// How many positions lie between the last source and what comes next; the median.
    pub distance: f64,
    /// By method, for each pair: the probability that a source is ranked above another position.
    pub ranked: Vec<Vec<f64>>,
    /// The same if the position behind a source counts as one, where an early block may have carried it.
    pub ranked_behind: Vec<Vec<f64>>,
    /// By method, for each pair: whether the highest number stands at a source.
    pub pointed: Vec<Vec<f64>>,
}
