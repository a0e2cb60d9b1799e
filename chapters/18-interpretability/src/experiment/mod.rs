//! The parts of the experiment: what was measured once and is drawn from there.

pub mod cliff;
pub mod dictionary;
pub mod exam;
pub mod explanations;
pub mod heads;
pub mod ledger;
pub mod lens;
pub mod patching;
pub mod probes;
pub mod steering;
mod table;
mod trained;

use gpt::checkpoint::Checkpoint;
use std::path::PathBuf;

/// The folder of its figures.
pub const CHAPTER: &str = "interpretability";

/// Seeds of weights and batches; the first is the default run's.
pub const SEEDS: [u64; 3] = [1337, 1, 2];
/// The default run's.
pub const DEFAULT: u64 = SEEDS[0];

gpt::sizes!(
    /// The size of the default run, with another number of blocks.
    pub Blocks<const LAYERS> {
        vocab: 1792, context: 320, model: 128, heads: 4, head_dim: 32, hidden: 512, layers: LAYERS
    }
);

/// The seeds of the models of four blocks that are kept.
pub fn kept_seeds() -> Vec<u64> {
    SEEDS.into_iter().filter(|&seed| Checkpoint::is_in(&kept_model(4, seed))).collect()
}

/// Where a model that was looked into is kept: a later part looks into it again.
pub fn kept_model(layers: usize, seed: u64) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/interpretability"))
        .join(format!("{layers}-blocks-{seed}"))
}
