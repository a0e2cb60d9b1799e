//! Explanations with an answer key.

mod measure;
mod record;
mod report;

pub use measure::measure;
pub use report::report;
