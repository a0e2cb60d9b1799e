//! The parts of the experiment: what was measured once and is drawn from there.

pub mod cliff;
pub mod dictionary;
pub mod explanations;
pub mod lens;
pub mod probes;
pub mod steering;
mod trained;

/// The folder of its figures.
pub const CHAPTER: &str = "interpretability";
