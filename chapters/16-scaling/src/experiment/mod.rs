//! The parts of the experiment: what is counted, and what was measured once and is drawn from there.

pub mod capacity;
pub mod cost;
pub mod kinds;
pub mod law;
pub mod machines;
pub mod precision;

/// The folder of its figures.
pub const CHAPTER: &str = "scaling";
