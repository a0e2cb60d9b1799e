//! Values over a plane, as bands of colour.

use super::canvas::Canvas;
use super::scale::{Scale, span};
use super::{SERIES, sequential};
use std::collections::BTreeMap;
use std::fmt::Write;
use svg::node::element::Path;

/// A field of values over the plane, painted behind the series of a chart.
pub(crate) struct Field {
    pub value: Box<dyn Fn(f64, f64) -> f64>,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FieldKind {
    /// Values between 0 and 1: which class a classifier gives to each place, and how surely.
    Classes,
    /// Any values, on the sequential scale from the lowest to the highest.
    Heights,
}

/// Side of a cell, in units of the canvas.
const CELL: f64 = 5.0;
/// Bands of equal colour.
const BANDS: f64 = 20.0;

/// Cells of one look, as the data of a path: equal neighbours in a row are one rectangle.
#[derive(Default)]
pub(crate) struct Cells {
    looks: BTreeMap<u8, String>,
}

impl Cells {
    /// Adds a row whose upper left corner is `(x, y)`, of cells `width` by `height`; `None` is left
    /// free.
    pub fn row(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), looks: &[Option<u8>]) {
        let mut column = 0;
        for run in looks.chunk_by(|a, b| a == b) {
            if let Some(look) = run[0] {
                let edge = |column: usize| super::canvas::round(x + width * column as f64);
                let (left, right) = (edge(column), edge(column + run.len()));
                let wide = super::canvas::round(right - left);
                let d = self.looks.entry(look).or_default();
                let _ = write!(d, "M{left} {y}h{wide}v{height}h-{wide}z");
            }
            column += run.len();
        }
    }

    /// Draws all cells; `colour` gives each look its colour and opacity.
    pub fn draw(self, canvas: &mut Canvas, colour: impl Fn(u8) -> (String, f64)) {
        for (look, d) in self.looks {
            let (fill, opacity) = colour(look);
            let path = Path::new().set("d", d).set("fill", fill).set("shape-rendering", "crispEdges");
            canvas.add(if opacity < 1.0 { path.set("fill-opacity", opacity) } else { path });
        }
    }
}

impl Field {
    /// Paints the field between the ends of the axes.
    pub fn draw(&self, canvas: &mut Canvas, x: &Scale, y: &Scale) {
        let (width, height) = (x.end - x.start, y.start - y.end);
        let (columns, rows) = ((width / CELL).round(), (height / CELL).round());
        let number = |scale: &Scale, share: f64| scale.from + share * (scale.to - scale.from);
        let value = |row: usize, column: usize| {
            let across = number(x, (column as f64 + 0.5) / columns);
            (self.value)(across, number(y, 1.0 - (row as f64 + 0.5) / rows))
        };
        let values: Vec<Vec<f64>> = (0..rows as usize)
            .map(|row| (0..columns as usize).map(|column| value(row, column)).collect())
            .collect();
        let (low, high) = match self.kind {
            FieldKind::Classes => (0.0, 1.0),
            FieldKind::Heights => {
                let finite = values.iter().flatten().copied().filter(|value| value.is_finite());
                span(finite, 0.0).unwrap_or((0.0, 1.0))
            }
        };
        let band = |value: f64| ((value - low) / (high - low) * BANDS).clamp(0.0, BANDS - 1.0) as u8;
        let mut cells = Cells::default();
        for (row, values) in values.iter().enumerate() {
            let looks: Vec<_> = values.iter().map(|&v| v.is_finite().then(|| band(v))).collect();
            let top = y.end + height * row as f64 / rows;
            cells.row((x.start, top), (width / columns, height / rows), &looks);
        }
        cells.draw(canvas, |band| {
            let share = (f64::from(band) + 0.5) / BANDS;
            match self.kind {
                // Faint where the classifier is unsure: the page shows through.
                FieldKind::Classes => {
                    let class = usize::from(share > 0.5);
                    (SERIES[class].to_string(), (80.0 * (share - 0.5).abs()).round() / 100.0)
                }
                FieldKind::Heights => (sequential(share).to_string(), 0.85),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_are_one_rectangle() {
        let mut cells = Cells::default();
        cells.row((0.0, 0.0), (5.0, 5.0), &[Some(1), Some(1), None, Some(1), Some(2)]);
        assert_eq!(cells.looks[&1], "M0 0h10v5h-10zM15 0h5v5h-5z");
        assert_eq!(cells.looks[&2], "M20 0h5v5h-5z");
    }
}
