//! Horizontal bars with their names on the left.

use super::{Figure, INK, PlotError, SERIES, draw_svg};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const WIDTH: i32 = 720;
/// Height of a bar with the space below it, in pixels.
const ROW: i32 = 28;
const TOP: i32 = 42;
/// Room for the words on the right of the longest bar.
const WORDS: i32 = 130;

/// Bars to be drawn one below the other.
#[derive(Debug, Clone)]
pub struct Bars {
    title: String,
    bars: Vec<Bar>,
}

#[derive(Debug, Clone)]
struct Bar {
    name: String,
    from: f64,
    to: f64,
    words: String,
    colour: usize,
}

impl Bars {
    /// No bars yet.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), bars: Vec::new() }
    }

    /// A bar from 0 to `value`, with `words` at its end, in the colour of series `colour`.
    #[must_use]
    pub fn bar(self, name: &str, value: f64, words: &str, colour: usize) -> Self {
        self.between(name, 0.0, value, words, colour)
    }

    /// A bar from `from` to `to`: a step of a waterfall.
    #[must_use]
    pub fn between(mut self, name: &str, from: f64, to: f64, words: &str, colour: usize) -> Self {
        let (name, words) = (name.to_owned(), words.to_owned());
        self.bars.push(Bar { name, from: from.min(to), to: from.max(to), words, colour });
        self
    }

    /// Draws the bars, from the top, all to the same scale.
    ///
    /// # Errors
    /// [`PlotError::Empty`] when there is no bar, or none ends at a finite place right of 0.
    pub fn draw(&self) -> Result<Figure, PlotError> {
        let longest = self.bars.iter().map(|bar| bar.to).fold(0.0, f64::max);
        if longest <= 0.0 || !longest.is_finite() {
            return Err(PlotError::Empty(self.title.clone()));
        }
        let widest = self.bars.iter().map(|bar| bar.name.chars().count()).max().unwrap_or(0) as i32;
        let left = 16 + 8 * widest;
        let at = |value: f64| left + (f64::from(WIDTH - WORDS - left) * value / longest).round() as i32;
        let height = TOP + ROW * self.bars.len() as i32 + 8;
        draw_svg((WIDTH as u32, height as u32), |area| {
            let font = |size: i32| ("sans-serif", size).into_font().color(&INK);
            let title = font(18).pos(Pos::new(HPos::Center, VPos::Center));
            area.draw(&Text::new(self.title.clone(), (WIDTH / 2, 16), title))?;
            for (bar, row) in self.bars.iter().zip(0..) {
                let (y, middle) = (TOP + ROW * row, TOP + ROW * row + ROW / 2 - 3);
                let name = font(14).pos(Pos::new(HPos::Right, VPos::Center));
                area.draw(&Text::new(bar.name.clone(), (left - 8, middle), name))?;
                let corners = [(at(bar.from), y), (at(bar.to), y + ROW - 7)];
                let colour = SERIES[bar.colour % SERIES.len()];
                area.draw(&Rectangle::new(corners, colour.filled()))?;
                let words = font(14).pos(Pos::new(HPos::Left, VPos::Center));
                area.draw(&Text::new(bar.words.clone(), (at(bar.to) + 6, middle), words))?;
            }
            Ok::<(), DrawingAreaErrorKind<std::io::Error>>(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_values() {
        let figure =
            Bars::new("two").bar("one", 1.0, "1 s", 0).between("half", 0.5, 1.0, "", 1).draw().unwrap();
        let width = |rect: &str| -> i32 {
            let tail = rect.split("width=\"").nth(1).unwrap();
            tail.split('"').next().unwrap().parse().unwrap()
        };
        let widths: Vec<i32> = figure.svg().split("<rect").skip(1).map(width).collect();
        assert_eq!(widths.len(), 2);
        assert!((widths[0] - 2 * widths[1]).abs() <= 1, "{widths:?}");
        assert!(figure.svg().contains("1 s"));
    }

    #[test]
    fn no_bars_are_refused() {
        assert!(matches!(Bars::new("none").draw(), Err(PlotError::Empty(_))));
    }
}
