//! What figures are drawn on: the elements of an SVG, in units of which a figure is 480 wide.

use super::text::{LINE, TEXT, TITLE, balanced};
use super::{Figure, INK};
use std::fmt::Write;
use svg::node::Text;
use svg::node::element::{Anchor, Element, Path, Rectangle, Style};
use svg::{Document, Node};

/// The width of every figure.
///
/// A phone shows it 350 px wide: text of size [`TEXT`] is then 11 px high.
pub(crate) const WIDTH: f64 = 480.0;
/// Pixels of a unit at most, so that text is not larger than the page's own.
pub(crate) const MOST_PIXELS: f64 = 1.15;
/// Between the edge of the canvas and what is on it.
pub(crate) const EDGE: f64 = 6.0;

/// Which part of a text is at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum At {
    Start,
    Middle,
    End,
}

impl At {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A figure being drawn.
pub(crate) struct Canvas {
    nodes: Vec<Box<dyn Node>>,
    has_links: bool,
}

impl Canvas {
    pub fn new() -> Self {
        Self { nodes: Vec::new(), has_links: false }
    }

    pub fn add(&mut self, node: impl Into<Box<dyn Node>>) {
        self.nodes.push(node.into());
    }

    /// A line of text whose middle is at the height `y`.
    pub fn text(&mut self, place: (f64, f64), at: At, text: &str) {
        self.text_with(place, at, TEXT, text, &[]);
    }

    /// A line of text of some size, with more attributes.
    pub fn text_with(
        &mut self,
        (x, y): (f64, f64),
        at: At,
        size: f64,
        text: &str,
        attributes: &[(&str, &str)],
    ) {
        let mut element = Element::new("text");
        element.assign("x", round(x));
        element.assign("y", round(y + 0.36 * size));
        if at != At::Start {
            element.assign("text-anchor", at.name());
        }
        if size != TEXT {
            element.assign("font-size", size);
        }
        for (name, value) in attributes {
            element.assign(*name, *value);
        }
        element.append(Text::new(text));
        self.add(element);
    }

    /// Text that is read from below to above: it begins at `y`, its middle is at `x`.
    pub fn upright_text(&mut self, (x, y): (f64, f64), text: &str) {
        let turn = format!("rotate(-90 {} {})", round(x), round(y));
        self.text_with((x, y), At::Start, TEXT, text, &[("transform", &turn)]);
    }

    /// The title in as many lines as it needs; returns the height below it.
    pub fn title(&mut self, title: &str) -> f64 {
        let mut y = EDGE + 12.0;
        // Bold letters are about an eighth wider.
        for line in balanced(title, 1.13 * TITLE, WIDTH - 2.0 * EDGE) {
            self.text_with((WIDTH / 2.0, y), At::Middle, TITLE, &line, &[("font-weight", "600")]);
            y += LINE + 3.0;
        }
        y
    }

    /// A line from point to point.
    pub fn line(&mut self, d: String, colour: &str, width: f64, style: impl FnOnce(Path) -> Path) {
        if !d.is_empty() {
            let path = Path::new().set("d", d).set("fill", "none").set("stroke", colour);
            self.add(style(path.set("stroke-width", width)));
        }
    }

    /// A filled rectangle from corner to corner.
    pub fn rectangle(&mut self, [(x0, y0), (x1, y1)]: [(f64, f64); 2], fill: &str) {
        self.add(boxed([(x0, y0), (x1, y1)]).set("fill", fill));
    }

    /// A link laid over a rectangle. It is seen when it has the focus.
    pub fn link(&mut self, corners: [(f64, f64); 2], address: &str, name: &str) {
        self.has_links = true;
        let area = boxed(corners).set("rx", 4).set("fill", "transparent");
        self.add(Anchor::new().set("href", address).set("aria-label", name).add(area));
    }

    /// The figure, `height` units high. `says` is read to those who do not see it.
    pub fn finish(self, height: f64, says: &str) -> Figure {
        // The rules on `:root` act when the file is opened or shown as an image by itself; inside a
        // page the page's own colours hold.
        let mut style = "svg:root{color:#24292f;--bg:#fff}\
             @media (prefers-color-scheme:dark){svg:root{color:#c9d1d9;--bg:#0d1117}}"
            .to_owned();
        if self.has_links {
            style.push_str("svg a:focus-visible{outline:none}svg a:focus-visible rect{stroke:currentColor;stroke-width:4}");
        }
        // What is inside an image is not read aloud; links must be.
        let role = if self.has_links { "group" } else { "img" };
        let mut document = Document::new()
            .set("viewBox", format!("0 0 {WIDTH} {}", height.ceil()))
            .set("font-family", "'Open Sans',Arial,sans-serif")
            .set("font-size", TEXT)
            .set("fill", INK)
            .set("role", role)
            .set("aria-label", says.replace('"', "″"))
            .set("style", format!("max-width:{}px", (MOST_PIXELS * WIDTH).round()))
            .add(Style::new(style));
        for node in self.nodes {
            document = document.add(node);
        }
        Figure::from_svg(format!("{document}\n"))
    }
}

fn boxed([(x0, y0), (x1, y1)]: [(f64, f64); 2]) -> Rectangle {
    Rectangle::new()
        .set("x", round(x0.min(x1)))
        .set("y", round(y0.min(y1)))
        .set("width", round((x1 - x0).abs()))
        .set("height", round((y1 - y0).abs()))
}

/// A tenth of a unit is finer than any screen shows.
pub(crate) fn round(x: f64) -> f64 {
    let rounded = (10.0 * x).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The data of a path through `points`, of which the parts outside `[low corner, high corner]` are
/// left out.
pub(crate) fn path(points: &[(f64, f64)], corners: [(f64, f64); 2]) -> String {
    let mut d = String::new();
    let mut end = None;
    for pair in points.windows(2) {
        let Some((from, to)) = clip(pair[0], pair[1], corners) else { continue };
        let [from, to] = [from, to].map(|(x, y)| (round(x), round(y)));
        if end != Some(from) {
            let _ = write!(d, "M{} {}", from.0, from.1);
        }
        if end != Some(from) || from != to {
            let _ = write!(d, "L{} {}", to.0, to.1);
        }
        end = Some(to);
    }
    d
}

/// The part of a line that is inside a rectangle (Liang & Barsky 1984).
pub(crate) fn clip(
    from: (f64, f64),
    to: (f64, f64),
    [low, high]: [(f64, f64); 2],
) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (towards, room) in
        [(-dx, from.0 - low.0), (dx, high.0 - from.0), (-dy, from.1 - low.1), (dy, high.1 - from.1)]
    {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enters = enters.max(room / towards);
        } else {
            leaves = leaves.min(room / towards);
        }
    }
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    (enters <= leaves).then(|| (at(enters), at(leaves)))
}

/// The data of a mark at each of `points`; each of six shapes belongs to a colour of the palette.
pub(crate) fn marks(shape: usize, r: f64, points: impl IntoIterator<Item = (f64, f64)>) -> String {
    // A circle as two arcs; the other shapes by their corners.
    let corners: &[(f64, f64)] = match shape % 6 {
        0 => &[],
        1 => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        2 => &[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        3 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        4 => &[(0.0, 1.2), (-1.1, -0.8), (1.1, -0.8)],
        _ => &[
            (-0.4, -1.2),
            (0.4, -1.2),
            (0.4, -0.4),
            (1.2, -0.4),
            (1.2, 0.4),
            (0.4, 0.4),
            (0.4, 1.2),
            (-0.4, 1.2),
            (-0.4, 0.4),
            (-1.2, 0.4),
            (-1.2, -0.4),
            (-0.4, -0.4),
        ],
    };
    let mut d = String::new();
    for (x, y) in points {
        if corners.is_empty() {
            let (w, left) = (round(2.0 * r), round(x - r));
            let _ = write!(d, "M{left} {}a{r} {r} 0 1 1 {w} 0a{r} {r} 0 1 1-{w} 0z", round(y));
        }
        for (i, (dx, dy)) in corners.iter().enumerate() {
            let step = if i == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{step}{} {}", round(x + dx * r), round(y + dy * r));
        }
        if !corners.is_empty() {
            d.push('z');
        }
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_the_edge_of_the_plot() {
        let square = [(0.0, 0.0), (10.0, 10.0)];
        assert_eq!(path(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0)], square), "M0 5L5 5L5 10");
        assert_eq!(path(&[(-5.0, -5.0), (-5.0, 20.0)], square), "");
        // Out and in again are two lines.
        assert_eq!(path(&[(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)], square), "M5 5L10 5M10 8L5 8");
    }

    #[test]
    fn each_shape_is_another_one() {
        let shapes: std::collections::BTreeSet<String> =
            (0..6).map(|shape| marks(shape, 4.0, [(0.0, 0.0)])).collect();
        assert_eq!(shapes.len(), 6);
    }

    #[test]
    fn words_are_escaped_and_a_figure_says_what_it_shows() {
        let mut canvas = Canvas::new();
        canvas.text((0.0, 0.0), At::Start, "a < b & c");
        let figure = canvas.finish(100.0, "one & \"two\"");
        assert!(figure.svg().contains(">a &lt; b &amp; c</text>"));
        assert!(figure.svg().contains("aria-label=\"one &amp; ″two″\""));
        assert!(figure.svg().contains("role=\"img\""));
    }
}
