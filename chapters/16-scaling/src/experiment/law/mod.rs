//! A law whose constant is known.

pub mod measure;
pub mod record;
mod report;
mod surfaces;

use anyhow::Result;
pub use report::cell;

/// Prints and draws from the runs that are kept beside the chapter.
pub fn report() -> Result<()> {
    report::report(&record::Study::load()?)
}
