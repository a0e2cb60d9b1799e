//! A sparse autoencoder with an answer key.

mod data;
mod measure;
mod others;
mod record;
mod report;

pub use measure::measure;
pub use report::report;

/// The depth that is taken apart: the middle of the model.
const DEPTH: usize = 2;
