//! What is kept of a model's heads.

use interpretability::hooks::Head;
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
    /// Bits for a token of these random tokens and words, in their first reading and in their second.
    pub halves: [f64; 2],
    pub halves_words: [f64; 2],
    /// What each part adds to the score of a name told before over that of the other person, on average
    /// over so many places: token, position, and of each block its heads, its bias and its network; then the norm's bias.
    pub writes: Vec<f64>,
    pub places: usize,
    /// Where the head that looks at names most looks in one story, in words: at some places before a name.
    pub shown: Vec<String>,
    /// Without two heads at once, their means in their place.
    pub pair: Pair,
}

/// One head, block by block.
#[derive(Debug, Serialize, Deserialize)]
pub struct OfHead {
    /// On tokens that are drawn from all, and on words that come often, behind the token that begins a text.
    pub prefix: f64,
    pub prefix_words: f64,
    pub previous: f64,
    /// How much it looks at a name from the token right behind it.
    pub carry: f64,
    /// How much it looks at a name, or right behind it, where that name begins next;
    pub fetch: f64,
    pub behind: f64,
    /// and at the other person's name, or right behind it.
    pub other: f64,
    /// The first two of things.
    pub fetch_things: f64,
    pub behind_things: f64,
    /// The model without it: zeros in its place, and its mean.
    pub zero: Bits,
    pub mean: Bits,
}

/// Two heads that were taken away together.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pair {
    /// Block and head of each: those that look most at the right name, or right behind it, more than at the
    /// other's, in stories that do not judge.
    pub heads: Vec<(usize, usize)>,
    pub without: Bits,
    /// What names cost without each of [`other_pairs`].
    pub others: Vec<f64>,
}

/// Every other pair of heads of the same blocks. Those with one of the two in them can be dear, too.
pub fn other_pairs(pair: [Head; 2], all: &[Head]) -> Vec<[Head; 2]> {
    let blocks = |pair: [Head; 2]| {
        let mut blocks = pair.map(|head| head.block);
        blocks.sort_unstable();
        blocks
    };
    let same = |other: [Head; 2]| other == pair || other == [pair[1], pair[0]];
    let pairs =
        all.iter().enumerate().flat_map(|(at, &one)| all[at + 1..].iter().map(move |&two| [one, two]));
    pairs.filter(|&other| blocks(other) == blocks(pair) && !same(other)).collect()
}
