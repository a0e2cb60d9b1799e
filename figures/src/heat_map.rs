//! A matrix as coloured squares.

use super::canvas::{At, Canvas, EDGE, WIDTH, round};
use super::field::Cells;
use super::palette::{Colour, contrast};
use super::text::{LINE, TEXT, widest, wrap};
use super::{Figure, PlotError, sequential};

/// Different colours of a map.
const LOOKS: f64 = 63.0;
/// Squares are not larger than this.
const LARGEST: f64 = 56.0;
/// Height of all rows together, at most, if no row has a name.
const TALLEST: f64 = 440.0;

/// A matrix, as a coloured square for each number.
///
/// The colours run evenly from the lowest number of this matrix (dark blue) to its highest (yellow);
/// a scale below says which these are. A number that is not finite leaves its square free.
///
/// ```
/// use figures::HeatMap;
/// let weights = vec![vec![1.0, 0.0], vec![0.3, 0.7]];
/// let figure = HeatMap::new("Who looks at whom", weights)
///     .rows(["the", "cat"])
///     .cols(["the", "cat"])
///     .with_numbers()
///     .draw()?;
/// assert!(figure.svg().contains(">0.30</text>"));
/// # Ok::<(), figures::PlotError>(())
/// ```
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

    /// Prints each value in its square, with two decimals; there is no scale then.
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
        let look =
            |v: f64| ((if high > low { (v - low) / (high - low) } else { 0.5 }) * LOOKS).round() as u8;
        let colour = |look: u8| sequential(f64::from(look) / LOOKS);
        let (rows, columns) = (self.values.len(), self.values.iter().map(Vec::len).max().unwrap_or(1));

        let mut canvas = Canvas::new();
        let mut top = canvas.title(&self.title) + 4.0;
        let names = widest(&self.rows, TEXT);
        let names = if names > 0.0 { names + 8.0 } else { 0.0 };
        let cell_width = ((WIDTH - 2.0 * EDGE - names) / columns as f64)
            .min(LARGEST.max(widest(&self.cols, TEXT) + 8.0));
        // Names side by side need the height of a line.
        let lowest =
            if self.rows.iter().any(|name| !name.is_empty()) && names > 0.0 { LINE - 1.0 } else { 1.0 };
        let dense = self.rows.iter().filter(|name| !name.is_empty()).count() > rows / 2;
        let tallest = TALLEST / rows as f64;
        let cell_height =
            if dense { cell_width.min(LARGEST / 1.4).max(lowest) } else { cell_width.min(tallest) };
        let (cell_width, cell_height) = (round(cell_width - 0.05), round(cell_height));
        let left = round(EDGE + names + (WIDTH - 2.0 * EDGE - names - cell_width * columns as f64) / 2.0);
        top = round(self.column_names(&mut canvas, (left, top), cell_width));

        let mut cells = Cells::default();
        for (i, row) in self.values.iter().enumerate() {
            let looks: Vec<_> = row.iter().map(|&v| v.is_finite().then(|| look(v))).collect();
            cells.row((left, round(top + i as f64 * cell_height)), (cell_width, cell_height), &looks);
        }
        cells.draw(&mut canvas, |look| (colour(look).to_string(), 1.0));
        for (i, row) in self.values.iter().enumerate() {
            let y = top + (i as f64 + 0.5) * cell_height;
            if let Some(name) = self.rows.get(i).filter(|name| !name.is_empty()) {
                canvas.text((left - 7.0, y), At::End, name);
            }
            for (j, &value) in row.iter().enumerate().filter(|(_, value)| self.print && value.is_finite()) {
                let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
                let square = colour(look(value));
                let ink = if contrast(square, black) > contrast(square, white) { black } else { white };
                let x = left + (j as f64 + 0.5) * cell_width;
                let fill = ink.to_string();
                canvas.text_with((x, y), At::Middle, TEXT, &two_places(value), &[("fill", &fill)]);
            }
        }
        let mut bottom = top + rows as f64 * cell_height + 4.0;
        if !self.print {
            bottom = scale(&mut canvas, bottom, (low, high));
        }
        Ok(canvas.finish(bottom + EDGE, &self.says(low, high)))
    }

    /// The names of columns, on several lines or upright if they would touch each other; returns
    /// the height below them.
    fn column_names(&self, canvas: &mut Canvas, (left, top): (f64, f64), cell: f64) -> f64 {
        if self.cols.is_empty() {
            return top;
        }
        let middle = |j: usize| left + (j as f64 + 0.5) * cell;
        let room = cell - 4.0;
        let names: Vec<Vec<String>> = self.cols.iter().map(|name| wrap(name, TEXT, room)).collect();
        let widths: Vec<f64> = names.iter().map(|name| widest(name, TEXT)).collect();
        if widths.windows(2).any(|pair| f64::midpoint(pair[0], pair[1]) > cell - 0.5) {
            let bottom = top + widest(&self.cols, TEXT) + 4.0;
            for (j, name) in self.cols.iter().enumerate() {
                canvas.upright_text((middle(j), bottom - 4.0), name);
            }
            return bottom;
        }
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        let bottom = top + LINE * lines as f64 + 4.0;
        for (j, name) in names.iter().enumerate() {
            for (k, line) in name.iter().rev().enumerate() {
                canvas.text((middle(j), bottom - 5.0 - LINE * (k as f64 + 0.5)), At::Middle, line);
            }
        }
        bottom
    }

    /// The map in words, for those who do not see it.
    fn says(&self, low: f64, high: f64) -> String {
        let side = |names: &[String], count: usize, what: &str| {
            let named: Vec<&str> =
                names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            if named.is_empty() {
                format!("{count} {what}")
            } else {
                format!("{count} {what}: {}", named.join(", "))
            }
        };
        let columns = self.values.iter().map(Vec::len).max().unwrap_or(0);
        let rows = side(&self.rows, self.values.len(), "rows");
        let columns = side(&self.cols, columns, "columns");
        let title = self.title.trim_end_matches('.');
        let mut says = vec![format!(
            "{title}. Map of colours, from {low:.2} (dark) to {high:.2} (yellow). {rows}. {columns}."
        )];
        if self.print {
            for (i, row) in self.values.iter().enumerate() {
                let values: Vec<String> = row.iter().map(|value| format!("{value:.2}")).collect();
                let name = self.rows.get(i).cloned().unwrap_or_else(|| format!("row {}", i + 1));
                says.push(format!("{name}: {}.", values.join(", ")));
            }
        }
        says.join(" ")
    }
}

/// A value as it is printed: with a minus sign, not a hyphen.
fn two_places(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

/// A bar of all colours between the lowest value and the highest; returns the height below it.
fn scale(canvas: &mut Canvas, top: f64, (low, high): (f64, f64)) -> f64 {
    const STEPS: usize = 32;
    let (names, y) = ([low, high].map(two_places), top + 10.0);
    let (step, start) = (5.0, WIDTH / 2.0 - 80.0);
    let mut bar = Cells::default();
    let looks: Vec<Option<u8>> = (0..STEPS).map(|k| Some(k as u8)).collect();
    bar.row((start, round(y)), (step, 10.0), &looks);
    bar.draw(canvas, |look| (sequential(f64::from(look) / (STEPS - 1) as f64).to_string(), 1.0));
    canvas.text((start - 6.0, y + 5.0), At::End, &names[0]);
    canvas.text((start + step * STEPS as f64 + 6.0, y + 5.0), At::Start, &names[1]);
    y + 14.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_a_square_for_each_finite_value_and_its_names() {
        let draw =
            |values| HeatMap::new("weights", values).rows(["the", "cat"]).cols(["the", "cat"]).draw();
        let map = draw(vec![vec![0.0, 1.0], vec![f64::NAN, 0.5]]).unwrap();
        let full = draw(vec![vec![0.0, 1.0], vec![0.7, 0.5]]).unwrap();
        let squares = |figure: &Figure| figure.svg().matches('z').count();
        assert_eq!(squares(&full), squares(&map) + 1);
        assert_eq!(map.svg().matches(">cat</text>").count(), 2);
    }

    #[test]
    fn names_that_do_not_fit_stand_upright() {
        let values = vec![vec![0.0; 12]];
        let wide = HeatMap::new("t", values.clone()).cols(["unbreakable"; 12]).draw().unwrap();
        assert_eq!(wide.svg().matches("rotate(-90").count(), 12);
        let narrow = HeatMap::new("t", values).cols(["a"; 12]).draw().unwrap();
        assert!(!narrow.svg().contains("rotate"));
    }

    #[test]
    fn a_map_of_numbers_says_them() {
        let map = HeatMap::new("t", vec![vec![0.25, 1.0]]).rows(["first"]).with_numbers().draw().unwrap();
        assert!(map.svg().contains("first: 0.25, 1.00."));
    }

    #[test]
    fn an_empty_map_is_refused() {
        assert!(matches!(HeatMap::new("none", vec![]).draw(), Err(PlotError::Empty(_))));
    }
}
