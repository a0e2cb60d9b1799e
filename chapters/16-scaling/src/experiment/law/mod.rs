//! A law whose constant is known.

mod cells;
mod fits;
mod influence;
mod made_up;
pub mod measure;
mod predictions;
mod published;
pub mod record;
mod report;

use anyhow::Result;
pub use cells::cell;

/// Prints and draws from the runs that are kept beside the chapter.
pub fn report() -> Result<()> {
    report::report(&record::Study::load()?)
}
