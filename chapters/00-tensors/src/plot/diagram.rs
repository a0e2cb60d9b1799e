//! Boxes and arrows on a grid: for computation graphs and architectures.

use super::{Figure, INK, PlotError, SERIES, draw_svg};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Pixels of a grid cell, of the box in its middle, and of a line of text.
const CELL: (i32, i32) = (170, 84);
const BOX: (i32, i32) = (124, 50);
const LINE: i32 = 19;
/// Room for the title.
const HEAD: i32 = 44;

struct Node {
    column: f64,
    row: f64,
    lines: Vec<String>,
    colour: RGBColor,
}

/// A diagram under construction: place boxes, join them, then [`draw`](Diagram::draw).
pub struct Diagram {
    title: String,
    nodes: Vec<Node>,
    arrows: Vec<(usize, usize, String)>,
    links: Vec<(usize, String)>,
}

impl Diagram {
    /// An empty diagram.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), nodes: Vec::new(), arrows: Vec::new(), links: Vec::new() }
    }

    /// Places a box in a cell of the grid, which counts from the upper left corner, and returns its
    /// number. Boxes of one `kind` share a colour; a new line of `text` begins after each `\n`.
    pub fn node(&mut self, column: f64, row: f64, kind: usize, text: &str) -> usize {
        let lines = text.lines().map(str::to_owned).collect();
        self.nodes.push(Node { column, row, lines, colour: SERIES[kind % SERIES.len()] });
        self.nodes.len() - 1
    }

    /// An arrow from one box to another, with words beside its middle.
    pub fn arrow(&mut self, from: usize, to: usize, words: &str) {
        self.arrows.push((from, to, words.to_owned()));
    }

    /// Makes a box a link to `address`.
    pub fn link(&mut self, node: usize, address: &str) {
        self.links.push((node, address.to_owned()));
    }

    /// Draws the diagram.
    ///
    /// # Errors
    /// [`PlotError::Empty`] when there is no box.
    pub fn draw(&self) -> Result<Figure, PlotError> {
        let ends = |f: fn(&Node) -> f64| self.nodes.iter().map(f).reduce(f64::max);
        let (Some(columns), Some(rows)) = (ends(|n| n.column), ends(|n| n.row)) else {
            return Err(PlotError::Empty(self.title.clone()));
        };
        let size = (
            (f64::from(CELL.0) * (columns + 1.0)) as u32,
            (f64::from(CELL.1) * (rows + 1.0)) as u32 + HEAD as u32,
        );
        let figure = draw_svg(size, |area| {
            let text = |size: i32| ("sans-serif", size).into_font().color(&INK);
            let middle = text(15).pos(Pos::new(HPos::Center, VPos::Center));
            let heading = text(19).pos(Pos::new(HPos::Center, VPos::Center));
            area.draw(&Text::new(self.title.clone(), (size.0 as i32 / 2, HEAD / 2), heading))?;
            for (from, to, words) in &self.arrows {
                let (start, end) = between(centre(&self.nodes[*from]), centre(&self.nodes[*to]));
                area.draw(&PathElement::new([start, end], INK.mix(0.7).stroke_width(2)))?;
                area.draw(&Polygon::new(head(start, end), INK.mix(0.9).filled()))?;
                let beside = (i32::midpoint(start.0, end.0), i32::midpoint(start.1, end.1) - 10);
                area.draw(&Text::new(words.clone(), beside, middle.clone()))?;
            }
            for node in &self.nodes {
                let (x, y) = centre(node);
                let corners = [(x - BOX.0 / 2, y - BOX.1 / 2), (x + BOX.0 / 2, y + BOX.1 / 2)];
                area.draw(&Rectangle::new(corners, node.colour.mix(0.16).filled()))?;
                area.draw(&Rectangle::new(corners, node.colour.stroke_width(2)))?;
                let top = y - LINE * (node.lines.len() as i32 - 1) / 2;
                for (place, line) in (0..).zip(&node.lines) {
                    area.draw(&Text::new(line.clone(), (x, top + LINE * place), middle.clone()))?;
                }
            }
            Ok::<(), DrawingAreaErrorKind<_>>(())
        })?;
        let links = self.links.iter().map(|(node, address)| {
            let (x, y) = centre(&self.nodes[*node]);
            ((x - BOX.0 / 2, y - BOX.1 / 2), BOX, address.as_str())
        });
        Ok(figure.with_links(links))
    }
}

fn centre(node: &Node) -> (i32, i32) {
    let along = |place: f64, cell: i32| ((place + 0.5) * f64::from(cell)) as i32;
    (along(node.column, CELL.0), along(node.row, CELL.1) + HEAD)
}

/// The part of the line between two centres that lies outside their boxes.
fn between(from: (i32, i32), to: (i32, i32)) -> ((i32, i32), (i32, i32)) {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    // The share of the way after which the line has left a box by its side or by its top.
    let side = f64::from(BOX.0 / 2 + 2) / dx.abs().max(1.0);
    let top = f64::from(BOX.1 / 2 + 2) / dy.abs().max(1.0);
    let share = side.min(top).min(0.45);
    let at = |share: f64| (from.0 + (dx * share) as i32, from.1 + (dy * share) as i32);
    (at(share), at(1.0 - share))
}

/// The triangle at an arrow's end.
fn head(start: (i32, i32), end: (i32, i32)) -> Vec<(i32, i32)> {
    let (dx, dy) = (f64::from(end.0 - start.0), f64::from(end.1 - start.1));
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |along: f64, across: f64| {
        (end.0 - (ux * along - uy * across) as i32, end.1 - (uy * along + ux * across) as i32)
    };
    vec![end, corner(11.0, 5.0), corner(11.0, -5.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_holds_its_words_and_repeats_its_bytes() {
        let draw = || {
            let mut diagram = Diagram::new("two");
            let (a, b) = (diagram.node(0.0, 0.0, 0, "a\n1.5"), diagram.node(1.0, 0.0, 1, "tanh"));
            diagram.arrow(a, b, "slope");
            diagram.draw().unwrap()
        };
        for word in ["two", "1.5", "tanh", "slope"] {
            assert!(draw().svg().contains(word));
        }
        assert_eq!(draw(), draw());
    }

    #[test]
    fn a_box_can_be_a_link() {
        let mut diagram = Diagram::new("one");
        let a = diagram.node(0.0, 0.0, 0, "a");
        assert!(!diagram.draw().unwrap().svg().contains("<a "));
        diagram.link(a, "code/a.rs.html");
        let figure = diagram.draw().unwrap();
        assert_eq!(figure.svg().matches("<a href=\"code/a.rs.html\">").count(), 1);
        assert!(figure.svg().trim_end().ends_with("</a></svg>"));
    }

    #[test]
    fn a_diagram_without_a_box_is_refused() {
        assert!(matches!(Diagram::new("none").draw(), Err(PlotError::Empty(_))));
    }

    #[test]
    fn an_arrow_runs_between_the_boxes() {
        let (start, end) = between((100, 50), (300, 50));
        assert!(start.0 >= 100 + BOX.0 / 2 && end.0 <= 300 - BOX.0 / 2);
    }
}
