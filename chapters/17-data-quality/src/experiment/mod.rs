//! The parts of the experiment.

pub mod filters;
pub mod near;
pub mod pipeline;
pub mod sample;
pub mod speed;
pub mod stages;
pub mod contamination;
mod diet;
mod ledger;
pub mod memorisation;
pub mod price;
mod setup;
mod table;
