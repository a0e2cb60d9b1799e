//! # Scaling
//!
//! What a model costs, and what it learns for that.
//!
//! | what | where |
//! |---|---|
//! | what a step costs in bytes and operations, here and in models that others have published | [cost], [published] |
//! | less memory for more arithmetic | [recompute] |
//! | numbers of fewer bits, and a model made of them | [rounding], [rounded] |

pub mod cost;
pub mod published;
pub mod recompute;
pub mod rounded;
pub mod rounding;

pub mod capacity;

pub mod batch;
pub mod cluster;
pub mod noise;

pub mod law;
