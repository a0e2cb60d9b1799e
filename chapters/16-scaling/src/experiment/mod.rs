//! The parts of the experiment.

pub mod cost;
pub mod precision;
