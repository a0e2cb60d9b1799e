//! Where the parts of a chart go on the canvas, and how they are drawn.

use super::canvas::{At, Canvas, EDGE, WIDTH, marks, path, round};
use super::chart::{Chart, Kind, Series};
use super::notes::{Area, arrange, leader};
use super::scale::Scale;
use super::spread::spread;
use super::text::{LINE, TEXT, widest, width, wrap};
use super::{Figure, INK, PAPER, PlotError, SERIES};
use std::fmt::Write;
use svg::node::element::Path;

/// Height of a plot, and of one with a painted plane or with some words in it.
const HEIGHT: f64 = 230.0;
const HIGH: f64 = 300.0;
/// Height that each word in a plot needs, if there are many.
const WORD: f64 = 7.0;
/// More words than this are some.
const SOME_NOTES: usize = 8;
/// The piece of a line between its end and its name.
const LEADER: f64 = 16.0;
/// A line or a mark beside a name above the plot.
const SAMPLE: f64 = 24.0;
/// Lines of no more points than this show each of them.
const FEW_POINTS: usize = 20;
const DASHES: &str = "7 5";

/// Where the names of lines stand.
enum Names {
    /// At their ends, in so many lines of text each.
    AtEnds(Vec<Vec<String>>),
    /// Above the plot.
    Above,
}

impl Chart {
    /// Draws the chart.
    ///
    /// # Errors
    /// [`PlotError::Empty`] when no series has a finite point.
    pub fn draw(self) -> Result<Figure, PlotError> {
        let (chart, [xs, ys]) = self.placed()?;
        Ok(Layout::new(&chart, xs, ys).draw())
    }
}

struct Layout<'a> {
    chart: &'a Chart,
    canvas: Canvas,
    x: Scale,
    y: Scale,
    /// The place of each series in the palette, and how many before it have the same.
    colours: Vec<(Option<usize>, usize)>,
    names: Names,
    height: f64,
}

impl<'a> Layout<'a> {
    pub fn new(chart: &'a Chart, xs: (f64, f64), ys: (f64, f64)) -> Self {
        let places = chart.colours();
        let before = |i: usize| places[..i].iter().filter(|place| **place == places[i]).count();
        let unnamed = |i: usize| chart.series[i].label.is_empty();
        let colours =
            (0..places.len()).map(|i| (places[i], if unnamed(i) { 0 } else { before(i) })).collect();
        let has_words = chart.notes.len() > SOME_NOTES;
        let height = if chart.field.is_some() || has_words { HIGH } else { HEIGHT };
        let height = height.max(WORD * chart.notes.len() as f64);
        let scale = |(from, to), log| Scale { from, to, start: 0.0, end: 0.0, log };
        let (x, y) = (scale(xs, chart.log_x), scale(ys, chart.log_y));
        let names = names(&chart.series, xs, height);
        Self { chart, canvas: Canvas::new(), x, y, colours, names, height }
    }

    pub fn draw(mut self) -> Figure {
        let mut top = self.canvas.title(&self.chart.title);
        let (x_named, y_named) = (!self.chart.x_label.is_empty(), !self.chart.y_label.is_empty());
        let y_ticks = if y_named {
            self.y.ticks(if self.y.log { 8 } else { 6 })
        } else {
            super::scale::Ticks::default()
        };
        let numbers = widest(y_ticks.major.iter().map(|tick| &tick.1), TEXT);
        self.x.start = EDGE + if y_named { numbers + 8.0 } else { 4.0 };
        let right = match &self.names {
            Names::AtEnds(names) => LEADER + 5.0 + widest(names.iter().flatten(), TEXT),
            Names::Above => 4.0,
        };
        // Half of the last number may stand beyond the axis.
        self.x.end = WIDTH - EDGE - right.max(22.0);
        top = self.names_above(top + 3.0);
        if y_named {
            self.canvas.text((EDGE, top + 6.0), At::Start, &self.chart.y_label);
            top += LINE + 3.0;
        }
        (self.y.end, self.y.start) = (top + 2.0, top + 2.0 + self.height);
        let corners = [(self.x.start, self.y.end), (self.x.end, self.y.start)];

        if let Some(field) = &self.chart.field {
            field.draw(&mut self.canvas, &self.x, &self.y);
        }
        self.axes(&y_ticks, x_named);
        for i in 0..self.chart.series.len() {
            self.series(i, corners);
        }
        self.notes(corners);
        self.names_at_ends(corners);
        let bottom = self.y.start + if x_named { 2.0 * LINE + 8.0 } else { 0.0 };
        let says = self.chart.says((self.x.from, self.x.to), (self.y.from, self.y.to));
        self.canvas.finish(bottom + EDGE, &says)
    }

    /// The grid, the axes and their numbers and names.
    fn axes(&mut self, y_ticks: &super::scale::Ticks, x_named: bool) {
        let (x, y) = (self.x, self.y);
        let x_ticks = if x_named { x.ticks_side_by_side() } else { super::scale::Ticks::default() };
        let (mut grid, mut axes) = (String::new(), String::new());
        for (number, name) in &x_ticks.major {
            let at = round(x.at(*number));
            let _ = write!(grid, "M{at} {}V{}", round(y.end), round(y.start));
            let _ = write!(axes, "M{at} {}v5", round(y.start));
            // The first and the last keep to the canvas.
            let reach = width(name, TEXT) / 2.0;
            let at = at.clamp(EDGE + reach - 4.0, WIDTH - 2.0 - reach);
            self.canvas.text((at, y.start + 14.0), At::Middle, name);
        }
        for (number, name) in &y_ticks.major {
            let at = round(y.at(*number));
            let _ = write!(grid, "M{} {at}H{}", round(x.start), round(x.end));
            self.canvas.text((x.start - 7.0, at), At::End, name);
        }
        for number in &x_ticks.minor {
            let _ = write!(axes, "M{} {}v3", round(x.at(*number)), round(y.start));
        }
        for number in &y_ticks.minor {
            let _ = write!(axes, "M{} {}h-3", round(x.start), round(y.at(*number)));
        }
        let _ = write!(axes, "M{} {}V{}H{}", round(x.start), round(y.end), round(y.start), round(x.end));
        self.canvas.line(grid, INK, 1.0, |path| path.set("stroke-opacity", 0.15));
        self.canvas.line(axes, INK, 1.0, |path| path.set("stroke-opacity", 0.6).set("class", "axes"));
        if x_named {
            let middle = f64::midpoint(x.start, x.end);
            let reach = width(&self.chart.x_label, TEXT) / 2.0;
            let middle = middle.clamp(EDGE + reach, (WIDTH - EDGE - reach).max(EDGE + reach));
            self.canvas.text((middle, y.start + 16.0 + LINE), At::Middle, &self.chart.x_label);
        }
    }

    fn colour(&self, i: usize) -> String {
        self.colours[i].0.map_or(INK.to_owned(), |place| SERIES[place].to_string())
    }

    /// How a series' line is dashed: references are, and lines whose colour another line has.
    fn dash(&self, i: usize) -> Option<&'static str> {
        match (self.chart.series[i].kind, self.colours[i].1) {
            (Kind::Dashes, _) => Some(DASHES),
            (_, 0) => None,
            (_, 1) => Some("12 4"),
            (_, _) => Some("2.5 3.5"),
        }
    }

    fn series(&mut self, i: usize, corners: [(f64, f64); 2]) {
        let series = &self.chart.series[i];
        let points: Vec<(f64, f64)> =
            series.points.iter().map(|&(x, y)| (self.x.at(x), self.y.at(y))).collect();
        let (colour, dash) = (self.colour(i), self.dash(i));
        if series.kind != Kind::Points {
            let over_field = self.chart.field.is_some();
            let d = path(&points, corners);
            if over_field {
                self.canvas.line(d.clone(), PAPER, 4.5, |path| path.set("stroke-linejoin", "round"));
            }
            self.canvas.line(d, &colour, 2.2, |path| {
                let path = path.set("class", "line").set("stroke-linejoin", "round");
                if let Some(dash) = dash { path.set("stroke-dasharray", dash) } else { path }
            });
        }
        let shown: Vec<(f64, f64)> = self
            .marked(i, &points)
            .into_iter()
            .filter(|&(x, y)| {
                (corners[0].0 - 0.5..=corners[1].0 + 0.5).contains(&x)
                    && (corners[0].1 - 0.5..=corners[1].1 + 0.5).contains(&y)
            })
            .collect();
        if shown.len() > 400 {
            // So many points are dots: pieces of no length with round ends, each place once.
            let places: std::collections::BTreeSet<(i64, i64)> =
                shown.iter().map(|(x, y)| (x.round() as i64, y.round() as i64)).collect();
            let d = places.iter().fold(String::new(), |mut d, (x, y)| {
                let _ = write!(d, "M{x} {y}h0");
                d
            });
            let round = |path: Path| path.set("stroke-linecap", "round").set("stroke-opacity", 0.7);
            self.canvas.line(d, &colour, 4.0, round);
        } else if !shown.is_empty() {
            let d = marks(self.colours[i].0.unwrap_or(0), self.reach(i), shown);
            let mark = Path::new().set("class", "marks").set("d", d).set("fill", colour);
            self.canvas.add(mark.set("stroke", PAPER).set("stroke-width", 1.2));
        }
    }

    /// The points of a series that are marked.
    fn marked(&self, i: usize, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let series = &self.chart.series[i];
        match series.kind {
            Kind::Points => points.to_vec(),
            Kind::Line if points.len() <= FEW_POINTS => points.to_vec(),
            Kind::Line if is_named_line(series) => self.marked_of_many(i, points),
            _ => Vec::new(),
        }
    }

    /// A few points of a line of many, if several lines must be told apart: at other places of each.
    fn marked_of_many(&self, i: usize, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        const MARKS: usize = 4;
        let is_solid = |series: &&Series| series.kind == Kind::Line && is_named_line(series);
        let lines = self.chart.series.iter().filter(is_solid).count();
        if lines < 3 {
            return Vec::new();
        }
        let before = self.chart.series[..i].iter().filter(is_solid).count();
        let offset = (before as f64 + 0.5) / lines as f64;
        let wanted = (0..MARKS).map(|k| (k as f64 + offset) / MARKS as f64);
        wanted.map(|share| points[(share * points.len() as f64) as usize]).collect()
    }

    /// Half the size of a series' marks.
    fn reach(&self, i: usize) -> f64 {
        let count = self.chart.series[i].points.len();
        match self.chart.series[i].kind {
            Kind::Points if count <= 4 && self.chart.field.is_some() => 9.0,
            Kind::Points if count <= 40 && self.chart.notes.len() <= SOME_NOTES => 5.0,
            Kind::Line if self.chart.field.is_some() => 4.5,
            _ => 3.6,
        }
    }

    /// Words beside points.
    fn notes(&mut self, [low, high]: [(f64, f64); 2]) {
        if self.chart.notes.is_empty() {
            return;
        }
        let mut taken = Vec::new();
        for (i, series) in self.chart.series.iter().enumerate() {
            let points: Vec<(f64, f64)> =
                series.points.iter().map(|&(x, y)| (self.x.at(x), self.y.at(y))).collect();
            let reach = self.reach(i) + 1.0;
            taken.extend(self.marked(i, &points).into_iter().map(|p| Area::around(p, (reach, reach))));
            if series.kind != Kind::Points {
                // A line is taken for a chain of small squares.
                for pair in points.windows(2) {
                    let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                    let pieces = (dx.hypot(dy) / 4.0).ceil().max(1.0);
                    let at = |k: f64| (pair[0].0 + k / pieces * dx, pair[0].1 + k / pieces * dy);
                    taken.extend((0..=pieces as usize).map(|k| Area::around(at(k as f64), (2.5, 2.5))));
                }
            }
        }
        let notes: Vec<((f64, f64), &str)> = self
            .chart
            .notes
            .iter()
            .map(|(x, y, text)| ((self.x.at(*x), self.y.at(*y)), text.as_str()))
            .collect();
        let room = Area { left: low.0 + 2.0, top: low.1, right: WIDTH - EDGE, bottom: high.1 - 1.0 };
        let areas = arrange(&notes, room, &taken);
        let mut leaders = String::new();
        for ((point, _), area) in notes.iter().zip(&areas) {
            if let Some([point, (x, y)]) = leader(*point, area) {
                let _ = write!(leaders, "M{} {}L{} {}", round(point.0), round(point.1), round(x), round(y));
            }
        }
        self.canvas.line(leaders, INK, 0.8, |path| path.set("stroke-opacity", 0.6));
        for ((_, text), area) in notes.iter().zip(&areas) {
            self.canvas.text(area.centre(), At::Middle, text);
        }
    }

    /// Whether the name of a series stands above the plot.
    fn is_above(&self, series: &Series) -> bool {
        match self.names {
            Names::AtEnds(_) => series.kind == Kind::Points && !series.label.is_empty(),
            Names::Above => !series.label.is_empty(),
        }
    }

    /// Names with a sample before each, in rows; returns the height below them.
    fn names_above(&mut self, top: f64) -> f64 {
        let (mut x, mut y) = (EDGE, top + 6.0);
        let mut any = false;
        for i in 0..self.chart.series.len() {
            let series = &self.chart.series[i];
            if !self.is_above(series) {
                continue;
            }
            let wide = SAMPLE + 5.0 + width(&series.label, TEXT);
            if any && x + wide > WIDTH - EDGE {
                (x, y) = (EDGE, y + LINE + 3.0);
            }
            let (colour, dash) = (self.colour(i), self.dash(i));
            if series.kind != Kind::Points {
                let d = format!("M{} {}h{SAMPLE}", round(x), round(y));
                self.canvas.line(d, &colour, 2.2, |path| {
                    if let Some(dash) = dash { path.set("stroke-dasharray", dash) } else { path }
                });
            }
            if !self.marked(i, &series.points).is_empty() {
                let d = marks(self.colours[i].0.unwrap_or(0), 5.0, [(x + SAMPLE / 2.0, y)]);
                self.canvas.add(Path::new().set("d", d).set("fill", colour));
            }
            let place = (x + SAMPLE + 5.0, y);
            self.canvas.text_with(place, At::Start, TEXT, &series.label, &[("class", "name")]);
            x += wide + 14.0;
            any = true;
        }
        if any { y + LINE } else { top }
    }

    /// The name of each line at its end, and a piece of the line in between.
    fn names_at_ends(&mut self, corners: [(f64, f64); 2]) {
        let Names::AtEnds(names) = &self.names else { return };
        let lines = self.chart.series.iter().enumerate().filter(|(_, series)| is_named_line(series));
        let end = |series: &Series| {
            let points: Vec<_> = series.points.iter().map(|&(x, y)| (self.x.at(x), self.y.at(y))).collect();
            last_visible(&points, corners)
        };
        let mut ends: Vec<_> =
            lines.zip(names.clone()).map(|((i, series), name)| (end(series), i, name)).collect();
        // Of two ends at one height, the one further left has the name further up: leaders do not
        // cross.
        ends.sort_by(|a, b| a.0.1.total_cmp(&b.0.1).then(a.0.0.total_cmp(&b.0.0)));
        let wanted: Vec<f64> = ends.iter().map(|end| end.0.1).collect();
        let heights: Vec<f64> = ends.iter().map(|end| LINE * end.2.len() as f64).collect();
        let centres = spread(&wanted, &heights, corners[0].1 - 8.0, corners[1].1 + 8.0);
        for ((((x, y), i, name), centre), height) in ends.into_iter().zip(centres).zip(heights) {
            let to = self.x.end + LEADER;
            // Level up to the edge of the plot, then to the name.
            let level = if x < self.x.end { format!("H{}", round(self.x.end)) } else { String::new() };
            let d = format!("M{} {}{level}L{} {}", round(x), round(y), round(to), round(centre));
            let (colour, dash) = (self.colour(i), self.dash(i));
            self.canvas.line(d, &colour, 1.4, |path| {
                let path = path.set("stroke-opacity", 0.8);
                if let Some(dash) = dash { path.set("stroke-dasharray", dash) } else { path }
            });
            for (k, line) in name.iter().enumerate() {
                let y = centre - height / 2.0 + LINE * (k as f64 + 0.5);
                self.canvas.text_with((to + 4.0, y), At::Start, TEXT, line, &[("class", "name")]);
            }
        }
    }
}

fn is_named_line(series: &Series) -> bool {
    series.kind != Kind::Points && !series.label.is_empty()
}

/// Names stand at the ends of lines if all lines run from left to right and end in the right part
/// of the plot, and the names find room there.
fn names(series: &[Series], (from, to): (f64, f64), height: f64) -> Names {
    let lines: Vec<&Series> = series.iter().filter(|series| is_named_line(series)).collect();
    let runs = |series: &Series| {
        let in_order = series.points.windows(2).all(|pair| pair[0].0 <= pair[1].0);
        let end = series.points.last().map_or(from, |point| point.0);
        in_order && end >= from + 0.6 * (to - from)
    };
    if lines.is_empty() || !lines.iter().all(|series| runs(series)) {
        return Names::Above;
    }
    for room in [140.0, 165.0] {
        let names: Vec<Vec<String>> = lines.iter().map(|series| wrap(&series.label, TEXT, room)).collect();
        let high = LINE * names.iter().map(Vec::len).sum::<usize>() as f64;
        if high <= height && widest(names.iter().flatten(), TEXT) <= room {
            return Names::AtEnds(names);
        }
    }
    Names::Above
}

/// Where a line is last seen inside the plot.
fn last_visible(points: &[(f64, f64)], [low, high]: [(f64, f64); 2]) -> (f64, f64) {
    let inside = |(x, y): (f64, f64)| {
        (low.0 - 0.1..=high.0 + 0.1).contains(&x) && (low.1 - 0.1..=high.1 + 0.1).contains(&y)
    };
    let end = points.iter().rposition(|&point| inside(point)).unwrap_or(0);
    let Some(&(x, y)) = points.get(end) else { return low };
    let Some(&(next_x, next_y)) = points.get(end + 1) else { return (x, y.clamp(low.1, high.1)) };
    // The next point is outside: the line leaves where it crosses the edge.
    let (dx, dy) = (next_x - x, next_y - y);
    let share = |room: f64, way: f64| if way.abs() < 1e-9 { 1.0 } else { (room / way).clamp(0.0, 1.0) };
    let across = share(if dx > 0.0 { high.0 - x } else { low.0 - x }, dx);
    let along = share(if dy > 0.0 { high.1 - y } else { low.1 - y }, dy);
    (x + across.min(along) * dx, y + across.min(along) * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of an attribute of the element that contains some text.
    fn attribute(svg: &str, text: &str, name: &str) -> f64 {
        let line = svg.lines().find(|line| line.contains(&format!(">{text}</text>"))).unwrap();
        let value = line.split(&format!(" {name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    }

    fn two(last: f64) -> Chart {
        Chart::new("t", "x", "y")
            .line("first", [(0.0, 0.0), (10.0, 5.0)])
            .line("second", [(0.0, 1.0), (last, 5.0)])
    }

    #[test]
    fn names_stand_at_the_ends_of_lines_and_do_not_overlap() {
        let figure = two(10.0).draw().unwrap();
        let y = ["first", "second"].map(|name| attribute(figure.svg(), name, "y"));
        assert!((y[0] - y[1]).abs() >= LINE, "{y:?}");
        assert!(attribute(figure.svg(), "first", "x") > attribute(figure.svg(), "10", "x"));
    }

    #[test]
    fn names_of_lines_that_end_early_stand_above() {
        let figure = two(3.0).draw().unwrap();
        let y = attribute(figure.svg(), "second", "y");
        assert!(y < attribute(figure.svg(), "y", "y") && y == attribute(figure.svg(), "first", "y"));
    }

    #[test]
    fn the_axis_ends_where_the_data_end() {
        let figure = two(10.0).draw().unwrap();
        let axes = figure.svg().lines().find(|line| line.contains("class=\"axes\"")).unwrap();
        let end: f64 = axes.rsplit_once('H').unwrap().1.split('"').next().unwrap().parse().unwrap();
        assert_eq!(end, attribute(figure.svg(), "10", "x"));
    }

    #[test]
    fn a_logarithmic_axis_puts_tenfold_steps_at_equal_distances() {
        let points = [(1.0, 1.0), (10.0, 10.0), (100.0, 100.0)];
        let figure = Chart::new("t", "x", "y").scatter("", points).log_x().log_y().draw().unwrap();
        for (name, size) in [("x", TEXT), ("y", TEXT)] {
            let places: Vec<f64> = ["1", "10", "100"]
                .iter()
                .map(|text| {
                    let lines =
                        figure.svg().lines().filter(|line| line.contains(&format!(">{text}</text>")));
                    // Numbers of the axis across are centred, those of the axis upwards end beside it.
                    let of =
                        lines.filter(|line| line.contains(if name == "x" { "middle" } else { "\"end\"" }));
                    attribute(of.collect::<Vec<_>>()[0], text, name)
                })
                .collect();
            assert!((places[0] + places[2] - 2.0 * places[1]).abs() < 0.3, "{places:?} {size}");
        }
    }
}
