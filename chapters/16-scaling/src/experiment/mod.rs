//! The parts of the experiment.

pub mod kinds;
pub mod law;
