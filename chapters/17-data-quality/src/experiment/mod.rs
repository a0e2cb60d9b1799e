//! The parts of the experiment.

pub mod contamination;
mod ledger;
pub mod memorisation;
pub mod price;
mod setup;
mod speed;
pub use speed::speed;
