//! # Scaling
//!
//! What a model costs, and what it learns for that.

pub mod law;
