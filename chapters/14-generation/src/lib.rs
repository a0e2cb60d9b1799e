//! # Generation
//!
//! A language model gives probabilities; a text needs choices. [`Sampling`] chooses the next token, [`Past`] keeps what a model has computed
//! of the text so far, so that each new token costs one position and not all.

mod cache;
mod sampling;

pub use cache::{Past, read};
pub use sampling::Sampling;
