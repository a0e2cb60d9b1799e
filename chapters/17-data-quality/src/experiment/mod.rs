//! The parts of the experiment.

pub mod filters;
pub mod near;
pub mod pipeline;
pub mod sample;
pub mod speed;
pub mod stages;
