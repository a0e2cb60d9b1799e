//! The parts of the experiment.

pub mod cost;
pub mod precision;
//! What is measured once and drawn from what was measured.

pub mod capacity;
pub mod machines;
pub mod kinds;
pub mod law;
