//! What is kept of a model that was looked into while it learned.

use interpretability::hooks::Head;
use language_models::story::KINDS;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const PART: &str = "cliff";

/// Blocks of the default run's model.
const BLOCKS: usize = 4;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Learned {
    pub layers: usize,
    pub seed: u64,
    /// Tokens of each of [`KINDS`] in the stories that are read at each look.
    pub tokens: [usize; KINDS.len()],
    /// Without the two heads that at the end look most at the right name, more than at the other; of the default run.
    #[serde(default)]
    pub without: Vec<Without>,
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
    /// where a name told before comes next, at where it was told;
    pub fetch: Vec<f64>,
    /// or right behind it;
    #[serde(default)]
    pub behind: Vec<f64>,
    /// and at the other person's name, or right behind it. (The last two were not looked at in the first runs
    /// that were measured.)
    #[serde(default)]
    pub other: Vec<f64>,
}

/// What a model pays without some heads, their means in their place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Without {
    pub step: usize,
    /// Block and head of each.
    pub heads: Vec<(usize, usize)>,
    pub bits: [f64; KINDS.len()],
}

impl Snapshot {
    /// The two heads that look most at the name that comes next, or right behind it, more than at the other's.
    pub fn lookers(&self) -> Vec<Head> {
        let right = |at: usize| self.fetch[at] + self.behind[at] - self.other[at];
        let mut order: Vec<usize> = (0..self.fetch.len()).collect();
        order.sort_by(|&a, &b| right(b).total_cmp(&right(a)));
        let heads = Head::all(BLOCKS, self.fetch.len() / BLOCKS);
        order.into_iter().take(2).map(|at| heads[at]).collect()
    }
}

impl Learned {
    /// What it is called.
    pub fn name(&self) -> String {
        let blocks =
            if self.layers == 1 { "1 block".to_owned() } else { format!("{} blocks", self.layers) };
        format!("{blocks}, seed {}", self.seed)
    }

    /// The place of a kind in [`Snapshot::bits`].
    pub fn kind(name: &str) -> usize {
        KINDS.iter().position(|(_, other)| *other == name).expect("a kind of that name")
    }
}
