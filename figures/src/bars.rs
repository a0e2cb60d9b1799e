//! Horizontal bars with their names on the left, or above them if they are long.

use super::canvas::{At, Canvas, EDGE, WIDTH};
use super::text::{LINE, TEXT, width};
use super::{Figure, PlotError, SERIES};

/// Height of a bar, and from it to the next.
const BAR: f64 = 18.0;
const GAP: f64 = 9.0;
/// Names wider than this stand above their bars.
const WIDEST_NAME: f64 = 190.0;

/// Bars one below the other, all to the same scale, which begins at 0.
///
/// The words at a bar's end say its number and unit.
///
/// ```
/// use figures::Bars;
/// let figure = Bars::new("A step takes")
///     .bar("plain loops", 310.0, "310 ms", 0)
///     .bar("with kernels", 33.0, "33 ms", 1)
///     .draw()?;
/// assert!(figure.svg().contains(">310 ms</text>"));
/// # Ok::<(), figures::PlotError>(())
/// ```
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
        let widest =
            |of: fn(&Bar) -> &str| self.bars.iter().map(|bar| width(of(bar), TEXT)).fold(0.0, f64::max);
        let names = widest(|bar| &bar.name);
        let is_above = names > WIDEST_NAME;
        let left = EDGE + if is_above { 0.0 } else { names + 8.0 };
        let room = WIDTH - EDGE - left - widest(|bar| &bar.words) - 8.0;
        let at = |value: f64| left + room * value / longest;
        let mut canvas = Canvas::new();
        let mut y = canvas.title(&self.title) + 4.0;
        for bar in &self.bars {
            if is_above {
                canvas.text((EDGE, y + LINE / 2.0 - 1.0), At::Start, &bar.name);
                y += LINE + 2.0;
            } else {
                canvas.text((left - 8.0, y + BAR / 2.0), At::End, &bar.name);
            }
            let corners = [(at(bar.from), y), (at(bar.to), y + BAR)];
            canvas.rectangle(corners, &SERIES[bar.colour % SERIES.len()].to_string());
            canvas.text((at(bar.to) + 6.0, y + BAR / 2.0), At::Start, &bar.words);
            y += BAR + GAP;
        }
        let says = |bar: &Bar| format!("{}: {}", bar.name, bar.words);
        let bars: Vec<String> = self.bars.iter().map(says).collect();
        let says = format!("{}. Bars. {}.", self.title.trim_end_matches('.'), bars.join("; "));
        Ok(canvas.finish(y - GAP + EDGE, &says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(figure: &Figure) -> Vec<f64> {
        let width = |rect: &str| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok();
        figure.svg().split("<rect").skip(1).filter_map(width).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let bars = Bars::new("two").bar("one", 1.0, "1 s", 0).between("half", 0.5, 1.0, "", 1);
        let figure = bars.draw().unwrap();
        let widths = widths(&figure);
        assert_eq!(widths.len(), 2);
        assert!((widths[0] - 2.0 * widths[1]).abs() <= 0.2, "{widths:?}");
        assert!(figure.svg().contains("aria-label=\"two. Bars. one: 1 s; half: .\""));
    }

    #[test]
    fn long_names_leave_the_bars_their_room() {
        let long = "a name that is far too long to stand at the left";
        let wide = Bars::new("t").bar(long, 1.0, "1", 0).draw().unwrap();
        assert!(widths(&wide)[0] > 400.0);
    }

    #[test]
    fn no_bars_are_refused() {
        assert!(matches!(Bars::new("none").draw(), Err(PlotError::Empty(_))));
    }
}
