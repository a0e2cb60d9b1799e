//! # Scaling
//!
//! What a model costs, and what it learns for that.

pub mod batch;
pub mod cluster;
pub mod noise;
