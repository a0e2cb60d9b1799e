//! What is kept of a model's heads.

use language_models::story::KINDS;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const PART: &str = "heads";

/// Bits for a token beyond the truth, by [`KINDS`].
pub type Bits = [f64; KINDS.len()];

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Looked {
    pub seed: u64,
    /// As it is.
    pub whole: Bits,
    pub heads: Vec<OfHead>,
    /// What each part adds to the score of a name told before over that of the other person, on average
    /// over so many places: token, position, and of each block its heads, its bias and its network; then the norm's bias.
    pub writes: Vec<f64>,
    pub places: usize,
    /// Where the head that looks at names most looks in one story, in words: at some places before a name.
    pub shown: Vec<String>,
    /// Without several heads at once, their means in their place.
    pub groups: Vec<Group>,
}

/// One head, block by block.
#[derive(Debug, Serialize, Deserialize)]
pub struct OfHead {
    pub prefix: f64,
    pub previous: f64,
    /// How much it looks at a name where that name comes next, and at a thing where that comes next.
    pub fetch: f64,
    pub fetch_things: f64,
    /// The model without it: zeros in its place, and its mean.
    pub zero: Bits,
    pub mean: Bits,
}

/// Heads that were taken away together.
#[derive(Debug, Serialize, Deserialize)]
pub struct Group {
    /// By what they were chosen, on stories that do not judge.
    pub by: String,
    /// Block and head of each.
    pub heads: Vec<(usize, usize)>,
    pub without: Bits,
}
