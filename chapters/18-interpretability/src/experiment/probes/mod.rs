//! Probes whose ceiling is known: what of a story stands where in the stream.

mod measure;
mod record;
mod report;
mod vectors;

pub use measure::measure;
pub use report::report;
