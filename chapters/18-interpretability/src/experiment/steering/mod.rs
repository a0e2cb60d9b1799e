//! Interventions along a probe's direction, judged by what is told afterwards.

mod measure;
mod record;
mod report;

pub use measure::measure;
pub use report::report;
