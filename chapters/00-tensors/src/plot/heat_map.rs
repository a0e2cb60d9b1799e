//! A matrix as coloured squares.

use super::{Figure, INK, PlotError, draw_svg, sequential};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A matrix to be drawn with its row and column names.
#[derive(Debug, Clone)]
pub struct HeatMap {
    title: String,
    rows: Vec<String>,
    cols: Vec<String>,
    values: Vec<Vec<f64>>,
    print: bool,
}

impl HeatMap {
    /// A heat map of `values[row][col]`.
    pub fn new(title: &str, values: Vec<Vec<f64>>) -> Self {
        Self { title: title.to_owned(), rows: Vec::new(), cols: Vec::new(), values, print: false }
    }

    /// Names the rows, from the top.
    #[must_use]
    pub fn rows<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.rows = names.into_iter().map(Into::into).collect();
        self
    }

    /// Names the columns, from the left.
    #[must_use]
    pub fn cols<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.cols = names.into_iter().map(Into::into).collect();
        self
    }

    /// Prints each value in its square.
    #[must_use]
    pub fn with_numbers(mut self) -> Self {
        self.print = true;
        self
    }

    /// Draws the map. The lowest value is dark blue, the highest yellow.
    ///
    /// # Errors
    /// [`PlotError::Empty`] when there is no finite value.
    pub fn draw(&self) -> Result<Figure, PlotError> {
        let all = || self.values.iter().flatten().copied().filter(|v| v.is_finite());
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        if low > high {
            return Err(PlotError::Empty(self.title.clone()));
        }
        let (rows, cols) = (self.values.len(), self.values.iter().map(Vec::len).max().unwrap_or(0));
        let cell = (560 / cols.max(rows).max(1)).clamp(6, 56) as i32;
        let widest = |names: &[String]| names.iter().map(|n| n.chars().count()).max().unwrap_or(0) as i32;
        let (left, top) = (16 + 9 * widest(&self.rows), if self.cols.is_empty() { 40 } else { 62 });
        let title_width = 11 * self.title.chars().count() as i32 + 20;
        let width = (left + cell * cols as i32 + 70).max(title_width);
        let size = (width as u32, (top + cell * rows as i32 + 12) as u32);
        let share = |v: f64| if high > low { (v - low) / (high - low) } else { 0.5 };
        draw_svg(size, |area| {
            let font = |size: i32, colour: &RGBColor| ("sans-serif", size).into_font().color(colour);
            let centred = Pos::new(HPos::Center, VPos::Center);
            area.draw(&Text::new(
                self.title.clone(),
                (width / 2, 16),
                font(18, &INK).pos(Pos::new(HPos::Center, VPos::Center)),
            ))?;
            for (j, name) in self.cols.iter().enumerate() {
                let at = (left + j as i32 * cell + cell / 2, top - 12);
                area.draw(&Text::new(name.clone(), at, font(14, &INK).pos(centred)))?;
            }
            for (i, row) in self.values.iter().enumerate() {
                let y = top + i as i32 * cell;
                if let Some(name) = self.rows.get(i) {
                    let end = Pos::new(HPos::Right, VPos::Center);
                    area.draw(&Text::new(name.clone(), (left - 8, y + cell / 2), font(14, &INK).pos(end)))?;
                }
                for (j, &value) in row.iter().enumerate().filter(|(_, value)| value.is_finite()) {
                    let x = left + j as i32 * cell;
                    let square = [(x, y), (x + cell, y + cell)];
                    area.draw(&Rectangle::new(square, sequential(share(value)).filled()))?;
                    if self.print {
                        // White on the dark half of the scale, black on the light half.
                        let ink = if share(value) > 0.6 { BLACK } else { WHITE };
                        let style = font(14, &ink).pos(centred);
                        area.draw(&Text::new(format!("{value:.2}"), (x + cell / 2, y + cell / 2), style))?;
                    }
                }
            }
            // The scale: a bar from the lowest value at its foot to the highest at its head.
            let (x, bar) = (left + cell * cols as i32 + 14, cell * rows as i32);
            for k in 0..32 {
                let (y0, y1) = (top + bar - bar * (k + 1) / 32, top + bar - bar * k / 32);
                let colour = sequential(f64::from(k) / 31.0);
                area.draw(&Rectangle::new([(x, y0), (x + 12, y1)], colour.filled()))?;
            }
            for (value, y, side) in [(low, top + bar, VPos::Bottom), (high, top, VPos::Top)] {
                let style = font(13, &INK).pos(Pos::new(HPos::Left, side));
                area.draw(&Text::new(format!("{value:.2}"), (x + 16, y), style))?;
            }
            Ok::<(), DrawingAreaErrorKind<std::io::Error>>(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_one_square_for_each_finite_value_and_its_names() {
        let map = HeatMap::new("weights", vec![vec![0.0, 1.0], vec![f64::NAN, 0.5]])
            .rows(["the", "cat"])
            .cols(["the", "cat"])
            .draw()
            .unwrap();
        let bar = 32;
        assert_eq!(map.svg().matches("<rect").count(), 3 + bar);
        assert_eq!(map.svg().matches("cat").count(), 2);
    }

    #[test]
    fn an_empty_map_is_refused() {
        assert!(matches!(HeatMap::new("none", vec![]).draw(), Err(PlotError::Empty(_))));
    }
}
