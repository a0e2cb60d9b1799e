//! # Data quality
//!
//! What text a model should read, and what the wrong text costs.

pub mod contamination;
pub mod dirt;
pub mod judge;
pub mod memorise;
pub mod price;
pub mod reading;
pub mod retell;
