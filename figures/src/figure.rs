//! A finished figure: an SVG that can be saved, put into a page, or shown in a notebook.

use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a figure could not be made.
#[derive(Debug, Error)]
pub enum PlotError {
    /// Nothing to draw.
    #[error("the chart {0:?} has no finite point: add a series with at least one")]
    Empty(String),
    /// The file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// An SVG image, 480 units wide and as high as it needs to be.
#[derive(Clone, PartialEq, Eq)]
pub struct Figure {
    svg: String,
}

impl Figure {
    pub(crate) fn from_svg(svg: String) -> Self {
        Self { svg }
    }

    /// The SVG text.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Writes the SVG to `path`, making its folder if need be.
    ///
    /// # Errors
    /// [`PlotError::Write`] with the path and the reason.
    pub fn save(&self, path: &Path) -> Result<(), PlotError> {
        let write = || {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, &self.svg)
        };
        write().map_err(|source| PlotError::Write { path: path.to_owned(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chart;

    #[test]
    fn an_unwritable_path_is_named_in_the_error() {
        let figure = Chart::new("t", "x", "y").line("l", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap();
        let error = figure.save(Path::new("/dev/null/figure.svg")).unwrap_err().to_string();
        assert!(error.starts_with("cannot write /dev/null/figure.svg: "), "{error}");
    }

    #[test]
    fn a_figure_is_one_html_block() {
        let figure = Chart::new("t", "x", "y").line("l", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap();
        assert!(!figure.svg().contains("\n\n"), "a blank line would end the HTML block on a page");
    }
}
