//! Lines, points and decision regions on two axes.

use super::PlotError;
use super::field::{Field, FieldKind};
use super::palette::places;
use super::scale::{roughly, span};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Line,
    Dashes,
    Points,
}

pub(crate) struct Series {
    pub label: String,
    pub kind: Kind,
    pub points: Vec<(f64, f64)>,
}

/// Lines and points on two axes: add series, then [`draw`](Chart::draw).
///
/// Places are given in the numbers of the axes, whose names say in which unit they are. An axis
/// ends where the data end. The names of lines stand at their ends, where they can; other names
/// stand above the plot. A thing that several chapters draw has one colour everywhere.
///
/// ```
/// use figures::Chart;
/// let loss = |step: i32| (f64::from(step), 2.5 * 0.99_f64.powi(step));
/// let figure = Chart::new("The loss falls", "step", "loss, bits a character")
///     .line("training", (1..=1000).map(loss))
///     .dashes("the best possible", [(1.0, 0.092), (1000.0, 0.092)])
///     .log_x()
///     .draw()?;
/// assert!(figure.svg().contains(">training</text>"));
/// # Ok::<(), figures::PlotError>(())
/// ```
pub struct Chart {
    pub(crate) title: String,
    pub(crate) x_label: String,
    pub(crate) y_label: String,
    x_range: Option<(f64, f64)>,
    y_range: Option<(f64, f64)>,
    pub(crate) log_x: bool,
    pub(crate) log_y: bool,
    pub(crate) field: Option<Field>,
    pub(crate) series: Vec<Series>,
    pub(crate) notes: Vec<(f64, f64, String)>,
}

impl Chart {
    /// An empty chart with its title and the names of its axes. An axis without a name measures
    /// nothing: it gets no numbers.
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

    /// Adds a curve through `points`, which must be in order. A curve with an empty label has no
    /// name.
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

    /// Writes `text` beside the point `(x, y)`, where there is room.
    #[must_use]
    pub fn note(mut self, x: f64, y: f64, text: &str) -> Self {
        self.notes.push((x, y, text.to_owned()));
        self
    }

    /// Fixes the ends of the horizontal axis, which otherwise are those of the data. On a
    /// logarithmic axis they are the logarithms.
    #[must_use]
    pub fn x_range(mut self, from: f64, to: f64) -> Self {
        self.x_range = Some((from, to));
        self
    }

    /// Fixes the ends of the vertical axis, which otherwise follow the data. On a logarithmic axis
    /// they are the logarithms.
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
        let points = points.into_iter().collect();
        self.series.push(Series { label: label.to_owned(), kind, points });
        self
    }

    /// The chart with its points where its axes have them, and the ends of both axes.
    pub(crate) fn placed(mut self) -> Result<(Self, [(f64, f64); 2]), PlotError> {
        let (log_x, log_y) = (self.log_x, self.log_y);
        let place =
            |(x, y): (f64, f64)| (if log_x { x.log10() } else { x }, if log_y { y.log10() } else { y });
        for series in &mut self.series {
            series.points.iter_mut().for_each(|point| *point = place(*point));
            series.points.retain(|(x, y)| x.is_finite() && y.is_finite());
        }
        for note in &mut self.notes {
            (note.0, note.1) = place((note.0, note.1));
        }
        let points = || self.series.iter().flat_map(|series| &series.points);
        // Dots stand off the edges; lines reach them.
        let all_dots = self.series.iter().all(|series| series.kind == Kind::Points);
        let room = if all_dots || !self.notes.is_empty() { 0.04 } else { 0.0 };
        let x_range = self.x_range.or_else(|| span(points().map(|p| p.0), room));
        let y_range = self.y_range.or_else(|| span(points().map(|p| p.1), 0.05));
        let (Some(xs), Some(ys)) = (x_range, y_range) else {
            return Err(PlotError::Empty(self.title));
        };
        Ok((self, [xs, ys]))
    }

    /// The place of each series in the palette; references have one only if they have a role.
    pub(crate) fn colours(&self) -> Vec<Option<usize>> {
        let lines: Vec<&str> = self
            .series
            .iter()
            .filter(|s| s.kind != Kind::Dashes && !s.label.is_empty())
            .map(|s| s.label.as_str())
            .collect();
        let mut found = places(&lines).into_iter();
        let of = |series: &Series| match series.kind {
            Kind::Dashes => super::palette::role(&series.label),
            _ if series.label.is_empty() => Some(0),
            _ => found.next(),
        };
        self.series.iter().map(of).collect()
    }

    /// The chart in words, for those who do not see it.
    pub(crate) fn says(&self, (x0, x1): (f64, f64), (y0, y1): (f64, f64)) -> String {
        let axis = |name: &str, log: bool, (from, to): (f64, f64), way: &str| {
            let [from, to] = [from, to].map(|end| roughly(if log { 10_f64.powf(end) } else { end }));
            let log = if log { " on a logarithmic axis" } else { "" };
            (!name.is_empty()).then(|| format!("{way}: {name}, {from} to {to}{log}."))
        };
        let mut says = vec![format!("{}. Chart.", self.title.trim_end_matches('.'))];
        says.extend(axis(&self.x_label, self.log_x, (x0, x1), "Across"));
        says.extend(axis(&self.y_label, self.log_y, (y0, y1), "Upwards"));
        match self.field.as_ref().map(|field| field.kind) {
            Some(FieldKind::Classes) => says.push("Behind: the colours of two classes.".to_owned()),
            Some(FieldKind::Heights) => {
                says.push("Behind: heights, from dark (low) to yellow (high).".to_owned());
            }
            None => {}
        }
        for (kind, what) in [(Kind::Line, "Lines"), (Kind::Dashes, "Dashed"), (Kind::Points, "Points")] {
            let of: Vec<&Series> = self.series.iter().filter(|series| series.kind == kind).collect();
            let names: Vec<&str> =
                of.iter().filter(|series| !series.label.is_empty()).map(|s| s.label.as_str()).collect();
            if !names.is_empty() {
                says.push(format!("{what}: {}.", names.join("; ")));
            } else if !of.is_empty() {
                says.push(format!("{what}: {}.", of.len()));
            }
        }
        if !self.notes.is_empty() {
            let notes: Vec<&str> = self.notes.iter().map(|note| note.2.as_str()).collect();
            says.push(format!("Words beside points: {}.", notes.join("; ")));
        }
        says.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SERIES;

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
            assert!(figure.svg().contains(&format!(">{words}</text>")));
        }
    }

    #[test]
    fn a_chart_says_its_title_axes_and_names() {
        let figure = Chart::new("How it falls", "step", "loss").log_y();
        let figure = figure.line("one", [(0.0, 1.0), (9.0, 0.01)]).dashes("floor", [(0.0, 0.1)]);
        let svg = figure.y_range(-2.0, 0.0).draw().unwrap();
        assert!(svg.svg().contains(
            "aria-label=\"How it falls. Chart. Across: step, 0 to 9. \
             Upwards: loss, 0.01 to 1 on a logarithmic axis. Lines: one. Dashed: floor.\""
        ));
    }

    #[test]
    fn references_have_the_colour_of_the_text() {
        let chart = Chart::new("t", "x", "y").dashes("chance", [(0.0, 0.0), (1.0, 0.0)]);
        let svg = chart.line("RNN", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap();
        assert!(svg.svg().contains(&format!("stroke=\"{}\"", SERIES[0])));
        assert!(!svg.svg().contains(&SERIES[1].to_string()));
    }
}
