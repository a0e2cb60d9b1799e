//! The price of a corpus: models that learn from nothing; from all that there is, from what a filter leaves
//! of it, from clean text in its place, and from its clean half alone.
//!
//! [`super::selection`] asks the same of a model that has learned already.

mod line;
mod measure;
mod plan;
mod record;
mod report;
#[cfg(test)]
mod tests;

use super::setup::FROM_NOTHING;
use data_quality::dirt::Dirt;
pub use measure::measure;
pub use report::report;

/// The file of the runs.
const PART: &str = "corpus";
/// Half of all texts are this.
const DIRT: Dirt = Dirt::Shuffled;
/// Stories in a pool, and as many dirty texts.
const OF_EACH: usize = 4500;
/// Tokens that are read: about a third of a pool.
const TOKENS: usize = 800_000;
/// The highest rates that are tried first: the default run's, half of it and twice as much.
const RATES: [f64; 3] = [FROM_NOTHING.rate, FROM_NOTHING.rate / 2.0, FROM_NOTHING.rate * 2.0];
