//! A finished figure: an SVG that can be saved, put into a page, or shown in a notebook.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea, SVGBackend};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a figure could not be made.
#[derive(Debug, Error)]
pub enum PlotError {
    /// Nothing to draw.
    #[error("the chart {0:?} has no finite point: add a series with at least one")]
    Empty(String),
    /// The drawing itself failed.
    #[error("cannot draw the figure: {0}")]
    Draw(String),
    /// The file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// An SVG image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    svg: String,
}

impl Figure {
    /// The SVG text.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The figure with links laid over it: for each the upper left corner and the size of its
    /// place, and its address.
    pub(crate) fn with_links<'a>(
        self,
        links: impl Iterator<Item = ((i32, i32), (i32, i32), &'a str)>,
    ) -> Self {
        let link = |((x, y), (width, height), address): ((i32, i32), (i32, i32), &str)| {
            format!(
                "<a href=\"{address}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" opacity=\"0\"/></a>"
            )
        };
        let links: String = links.map(link).collect();
        let body = self.svg.trim_end().trim_end_matches("</svg>");
        Self { svg: format!("{body}{links}</svg>\n") }
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

    /// Shows the figure in a notebook: evcxr calls this for the last value of a cell.
    pub fn evcxr_display(&self) {
        // A notebook page does not pass its text colour on to an image, so the ink gets one that is
        // legible on any paper.
        let svg = self.svg.replace("currentColor", "#808080");
        println!("EVCXR_BEGIN_CONTENT image/svg+xml\n{svg}\nEVCXR_END_CONTENT");
    }
}

/// Runs `draw` on an SVG canvas of `size` pixels and finishes the text for use in pages.
pub(crate) fn draw_svg<E: std::fmt::Display>(
    size: (u32, u32),
    draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), E>,
) -> Result<Figure, PlotError> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw(&area).map_err(|error| PlotError::Draw(error.to_string()))?;
        area.present().map_err(|error| PlotError::Draw(error.to_string()))?;
    }
    Ok(Figure { svg: finish(&svg, size) })
}

/// Makes the SVG fit any page: ink takes the colour of the text around it, and the width follows
/// the column.
fn finish(svg: &str, (width, height): (u32, u32)) -> String {
    let body = svg.replace("#010203", "currentColor");
    let body = body.split_once('>').map_or("", |(_opening_tag, rest)| rest);
    // The rule on `:root` acts when the file is opened or shown as an image by itself; inside a
    // page the page's colour holds.
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\">\n\
         <style>svg:root{{color:#24292f}}@media (prefers-color-scheme:dark){{svg:root{{color:#c9d1d9}}}}</style>{body}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::Chart;

    #[test]
    fn an_unwritable_path_is_named_in_the_error() {
        let figure = Chart::new("t", "x", "y").line("l", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap();
        let error = figure.save(Path::new("/dev/null/figure.svg")).unwrap_err().to_string();
        assert!(error.starts_with("cannot write /dev/null/figure.svg: "), "{error}");
    }

    #[test]
    fn ink_takes_the_colour_of_the_page() {
        let figure = Chart::new("t", "x", "y").line("l", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap();
        assert!(figure.svg().contains("currentColor") && !figure.svg().contains("#010203"));
        assert!(!figure.svg().contains("\n\n"), "a blank line would end the HTML block on a page");
    }
}
