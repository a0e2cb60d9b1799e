//! Where a chapter's figures go: `book/src/figures/<chapter>/<name>.svg`.
//!
//! Figures are written by the chapters' `main.rs`, never by hand, so a figure on a page shows what
//! the code computes.

use crate::{Figure, PlotError};
use std::path::PathBuf;

/// The folder for the figures of `chapter`.
fn folder(chapter: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "book", "src", "figures", chapter].iter().collect()
}

/// Writes `figure` as `book/src/figures/<chapter>/<name>.svg` and says so.
///
/// # Errors
/// [`PlotError::Write`] when the folder or the file cannot be written.
pub fn save(chapter: &str, name: &str, figure: &Figure) -> Result<(), PlotError> {
    figure.save(&folder(chapter).join(name).with_extension("svg"))?;
    eprintln!("wrote figures/{chapter}/{name}.svg");
    Ok(())
}
