//! The parts of the experiment.

pub mod law;
