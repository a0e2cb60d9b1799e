//! Validity, divergence and diversity of every method, beside what no policy can undercut.

mod draw;
mod make;
mod passes;
mod report;
mod way;

pub use make::{dpo, measure, paired, policy};
pub use report::report;

/// The file of the runs.
pub const PART: &str = "frontier";
/// Sizes of best of n.
const BEST_OF: [u32; 4] = [2, 4, 8, 16];
