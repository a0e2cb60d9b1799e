//! The parts of the experiment: what is counted, and what was measured once and is drawn from there.

pub mod contamination;
pub mod corpus;
mod diet;
pub mod filters;
mod homes;
mod ledger;
pub mod memorisation;
pub mod near;
pub mod pipeline;
pub mod price;
mod sample;
pub mod selection;
mod setup;
pub mod speed;
mod stages;
mod table;

/// The folder of its figures.
pub const CHAPTER: &str = "data-quality";
