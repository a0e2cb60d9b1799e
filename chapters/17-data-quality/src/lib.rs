//! # Data quality
//!
//! What text a model should read, and what the wrong text costs.

pub mod dirt;
pub mod retell;
