//! What a filter is worth to a model: the area under its curve beside the bits that the model pays, at equal
//! tokens.
//!
//! Half of a pool of texts is dirt. A filter scores every text; the best are kept until so many tokens are
//! together, and the model reads what was kept, in the order of the pool. So all filters choose from the same
//! texts, all models read equally much, and only the choice is different.

mod draw;
mod filter;
mod keep;
mod measure;
mod pool;
mod report;
mod runs;
#[cfg(test)]
mod tests;

use data_quality::dirt::Dirt;
pub use filter::How;
pub use keep::{LEAST, keep};
pub use measure::measure;
pub use pool::Pool;
pub use report::report;

/// The file of the runs.
const PART: &str = "filters";
/// Stories in a pool, and as many dirty texts.
const OF_EACH: usize = 180;
/// Tokens that are kept: those of some 116 texts, about a third of the pool.
const TOKENS: usize = 32_000;

/// The dirt that costs a model most, and who chooses.
const COSTLY: (Dirt, [How; 12]) = (
    Dirt::Shuffled,
    [
        How::Nobody,
        How::Rules,
        How::NGram { order: 1, good: 400 },
        How::Classifier { labels: 50 },
        How::Classifier { labels: 400 },
        How::Classifier { labels: 800 },
        How::Classifier { labels: 1600 },
        How::DirtByHalf,
        How::StoriesByHalf,
        How::NGram { order: 2, good: 4 },
        How::NGram { order: 3, good: 400 },
        How::Truth,
    ],
);
/// Dirt that costs no more than the text that it takes the place of, for comparison.
const CHEAP: (Dirt, [How; 2]) = (Dirt::WrongHome, [How::Nobody, How::Truth]);
