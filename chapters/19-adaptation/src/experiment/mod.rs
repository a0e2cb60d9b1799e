//! The parts of the experiment, each measured once and drawn from what was kept.

pub mod forgetting;
pub mod frontier;
pub mod gaming;
mod instructed;
pub mod instructions;
mod lab;
mod ledger;
pub mod rank;
mod rates;
mod start;

/// The folder of its figures.
pub const CHAPTER: &str = "adaptation";
