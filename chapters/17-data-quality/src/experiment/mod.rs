//! The parts of the experiment.

pub mod contamination;
mod diet;
mod ledger;
pub mod memorisation;
pub mod price;
mod setup;
mod table;
