//! Lines, points and decision regions on two axes.

use super::{Figure, INK, PlotError, SERIES, draw_svg, sequential};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Width and height of a chart in pixels.
const SIZE: (u32, u32) = (720, 420);

enum Kind {
    Line,
    Dashes,
    Points,
}

struct Series {
    label: String,
    kind: Kind,
    colour: RGBColor,
    points: Vec<(f64, f64)>,
}

/// A field of values over the plane, painted behind the series.
struct Field {
    value: Box<dyn Fn(f64, f64) -> f64>,
    kind: FieldKind,
}

enum FieldKind {
    /// Values between 0 and 1: which class a classifier gives to each place, and how surely.
    Classes,
    /// Any values, on the sequential scale from the lowest to the highest.
    Heights,
}

/// Cells of a field along each axis.
const CELLS: usize = 60;

impl Field {
    fn cells(&self, xs: &Range<f64>, ys: &Range<f64>) -> Vec<Rectangle<(f64, f64)>> {
        let (dx, dy) = ((xs.end - xs.start) / CELLS as f64, (ys.end - ys.start) / CELLS as f64);
        let cells = (0..CELLS).flat_map(|i| (0..CELLS).map(move |j| (i as f64, j as f64)));
        let corners = cells.map(|(i, j)| (xs.start + i * dx, ys.start + j * dy));
        let values: Vec<_> =
            corners.map(|(x, y)| (x, y, (self.value)(x + dx / 2.0, y + dy / 2.0))).collect();
        let (low, high) = span(values.iter().map(|cell| cell.2), 0.0).unwrap_or((0.0, 1.0));
        let colour = |value: f64| match self.kind {
            FieldKind::Classes if value < 0.5 => SERIES[0].mix(0.8 * (0.5 - value)),
            FieldKind::Classes => SERIES[1].mix(0.8 * (value - 0.5)),
            FieldKind::Heights => sequential((value - low) / (high - low)).mix(0.45),
        };
        let paint = |(x, y, value)| Rectangle::new([(x, y), (x + dx, y + dy)], colour(value).filled());
        values.into_iter().map(paint).collect()
    }
}

/// A chart under construction: add series, then [`draw`](Chart::draw).
pub struct Chart {
    title: String,
    x_label: String,
    y_label: String,
    x_range: Option<(f64, f64)>,
    y_range: Option<(f64, f64)>,
    log_x: bool,
    log_y: bool,
    field: Option<Field>,
    series: Vec<Series>,
    notes: Vec<(f64, f64, String)>,
}

impl Chart {
    /// An empty chart with its title and the names of its axes.
    pub fn new(title: &str, x_label: &str, y_label: &str) -> Self {
        Self {
            title: title.to_owned(),
            x_label: x_label.to_owned(),
            y_label: y_label.to_owned(),
            x_range: None,
            y_range: None,
            log_x: false,
            log_y: false,
            field: None,
            series: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a curve through `points`, which must be in order. An empty label keeps it out of the
    /// legend.
    #[must_use]
    pub fn line(self, label: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.add(label, Kind::Line, points)
    }

    /// Adds a dashed curve: for references such as a bound or an exact value.
    #[must_use]
    pub fn dashes(self, label: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.add(label, Kind::Dashes, points)
    }

    /// Adds a cloud of points.
    #[must_use]
    pub fn scatter(self, label: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.add(label, Kind::Points, points)
    }

    /// Paints the plane behind the series with `value(x, y)`: towards 0 in the first series'
    /// colour, towards 1 in the second's.
    #[must_use]
    pub fn regions(mut self, value: impl Fn(f64, f64) -> f64 + 'static) -> Self {
        self.field = Some(Field { value: Box::new(value), kind: FieldKind::Classes });
        self
    }

    /// Paints the plane behind the series with the heights `value(x, y)`: low is dark blue, high is
    /// yellow.
    #[must_use]
    pub fn heights(mut self, value: impl Fn(f64, f64) -> f64 + 'static) -> Self {
        self.field = Some(Field { value: Box::new(value), kind: FieldKind::Heights });
        self
    }

    /// Writes `text` beside the point `(x, y)`.
    #[must_use]
    pub fn note(mut self, x: f64, y: f64, text: &str) -> Self {
        self.notes.push((x, y, text.to_owned()));
        self
    }

    /// Fixes the ends of the horizontal axis, which otherwise follow the data.
    #[must_use]
    pub fn x_range(mut self, from: f64, to: f64) -> Self {
        self.x_range = Some((from, to));
        self
    }

    /// Fixes the ends of the vertical axis, which otherwise follow the data.
    #[must_use]
    pub fn y_range(mut self, from: f64, to: f64) -> Self {
        self.y_range = Some((from, to));
        self
    }

    /// Makes the horizontal axis logarithmic (base 10). Values that are not positive are left out.
    #[must_use]
    pub fn log_x(mut self) -> Self {
        self.log_x = true;
        self
    }

    /// Makes the vertical axis logarithmic (base 10). Values that are not positive are left out.
    #[must_use]
    pub fn log_y(mut self) -> Self {
        self.log_y = true;
        self
    }

    fn add(mut self, label: &str, kind: Kind, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let colour = SERIES[self.series.len() % SERIES.len()];
        let points = points.into_iter().collect();
        self.series.push(Series { label: label.to_owned(), kind, colour, points });
        self
    }

    /// Draws the chart.
    ///
    /// # Errors
    /// [`PlotError::Empty`] when no series has a finite point.
    pub fn draw(mut self) -> Result<Figure, PlotError> {
        for series in &mut self.series {
            if self.log_x {
                series.points.iter_mut().for_each(|point| point.0 = point.0.log10());
            }
            if self.log_y {
                series.points.iter_mut().for_each(|point| point.1 = point.1.log10());
            }
            series.points.retain(|(x, y)| x.is_finite() && y.is_finite());
        }
        let points = || self.series.iter().flat_map(|series| &series.points);
        let x_range = self.x_range.or_else(|| span(points().map(|p| p.0), 0.0));
        let y_range = self.y_range.or_else(|| span(points().map(|p| p.1), 0.05));
        let (Some((x0, x1)), Some((y0, y1))) = (x_range, y_range) else {
            return Err(PlotError::Empty(self.title));
        };
        draw_svg(SIZE, |area| self.draw_on(area, x0..x1, y0..y1))
    }

    fn draw_on<B: DrawingBackend>(
        &self,
        area: &DrawingArea<B, plotters::coord::Shift>,
        xs: Range<f64>,
        ys: Range<f64>,
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        let text = |size: i32| ("sans-serif", size).into_font().color(&INK);
        let mut chart = ChartBuilder::on(area)
            .caption(&self.title, text(19))
            .margin(10)
            .x_label_area_size(44)
            .y_label_area_size(if self.log_y { 84 } else { 62 })
            .build_cartesian_2d(xs.clone(), ys.clone())?;

        if let Some(field) = &self.field {
            chart.draw_series(field.cells(&xs, &ys))?;
        }

        // An axis without a name measures nothing: it gets no numbers.
        let y_text = |y: &f64| match (self.y_label.as_str(), self.log_y) {
            ("", _) => String::new(),
            (_, true) => format!("10^{}", number(*y)),
            (_, false) => number(*y),
        };
        chart
            .configure_mesh()
            .x_desc(&self.x_label)
            .y_desc(&self.y_label)
            .axis_desc_style(text(16))
            .label_style(text(14))
            .axis_style(INK.mix(0.6))
            .bold_line_style(INK.mix(0.14))
            .light_line_style(TRANSPARENT)
            .x_label_formatter(&|x| if self.log_x { format!("10^{}", number(*x)) } else { number(*x) })
            .y_label_formatter(&y_text)
            .draw()?;

        for series in &self.series {
            let style = series.colour.stroke_width(2);
            let drawn = match series.kind {
                Kind::Line => chart.draw_series(LineSeries::new(series.points.iter().copied(), style))?,
                Kind::Dashes => {
                    chart.draw_series(DashedLineSeries::new(series.points.iter().copied(), 6, 4, style))?
                }
                Kind::Points => {
                    let dot = series.colour.mix(0.85).filled();
                    chart.draw_series(series.points.iter().map(|p| Circle::new(*p, 3, dot)))?
                }
            };
            if !series.label.is_empty() {
                drawn
                    .label(&series.label)
                    .legend(move |(x, y)| Rectangle::new([(x, y - 3), (x + 14, y + 3)], style.filled()));
            }
        }

        let beside = text(14).pos(Pos::new(HPos::Left, VPos::Bottom));
        for (x, y, note) in &self.notes {
            let x = if self.log_x { x.log10() } else { *x };
            let y = if self.log_y { y.log10() } else { *y };
            chart.draw_series([Text::new(note.clone(), (x, y), beside.clone())])?;
        }
        if self.series.iter().any(|series| !series.label.is_empty()) {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperRight)
                .label_font(text(14))
                .margin(8)
                .draw()?;
        }
        Ok(())
    }
}

/// The smallest and largest of `values`, moved apart by `room` times their distance, and never
/// equal.
fn span(values: impl Iterator<Item = f64>, room: f64) -> Option<(f64, f64)> {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let margin = if high > low { room * (high - low) } else { 0.5 };
    (low <= high).then_some((low - margin, high + margin))
}

/// A number as short as it can be without losing a figure that an axis needs.
fn number(x: f64) -> String {
    let text = format!("{x:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_without_a_finite_point_is_refused_by_name() {
        let chart = Chart::new("nothing", "x", "y").line("only NaN", [(f64::NAN, 0.0)]);
        assert!(matches!(chart.draw(), Err(PlotError::Empty(title)) if title == "nothing"));
    }

    #[test]
    fn the_same_chart_is_the_same_bytes() {
        let draw = || Chart::new("t", "x", "y").line("l", [(0.0, 1.0), (2.0, 3.0)]).draw().unwrap();
        assert_eq!(draw(), draw());
    }

    #[test]
    fn labels_and_notes_stay_text() {
        let figure = Chart::new("标题", "x", "y").scatter("点", [(0.0, 1.0)]).note(0.0, 1.0, "這裡").draw();
        let figure = figure.unwrap();
        for words in ["标题", "点", "這裡"] {
            assert!(figure.svg().contains(words));
        }
    }

    #[test]
    fn a_logarithmic_axis_puts_tenfold_steps_at_equal_distances() {
        let points = [(1.0, 1.0), (10.0, 10.0), (100.0, 100.0)];
        let figure = Chart::new("t", "x", "y").scatter("", points).log_x().log_y().draw().unwrap();
        let place = |name: &str| -> Vec<i32> {
            let circles = figure.svg().split("<circle").skip(1);
            let number = |c: &str| c.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok();
            circles.filter_map(number).collect()
        };
        for places in [place("cx"), place("cy")] {
            assert_eq!(places.len(), 3);
            assert!((places[0] + places[2] - 2 * places[1]).abs() <= 1, "{places:?}");
        }
    }

    #[test]
    fn axis_numbers_are_short() {
        assert_eq!([0.5, -2.0, 0.0, 1e-9, 100.0].map(number), ["0.5", "−2", "0", "0", "100"]);
    }
}
