//! Boxes and arrows on a grid: for computation graphs and architectures.

use super::canvas::{At, Canvas, EDGE, WIDTH, round};
use super::text::{LINE, TEXT, wrap};
use super::{Figure, INK, PlotError, SERIES};
use std::fmt::Write;
use svg::node::element::Path;

/// Between the boxes of neighbouring columns.
const BETWEEN: f64 = 12.0;
/// Between the boxes of neighbouring rows.
const BELOW: f64 = 24.0;
/// From a box's corner to an arrow that goes far to the side.
const CORNER: f64 = 14.0;
/// Boxes are not wider than this.
const WIDEST: f64 = 150.0;

struct Node {
    column: f64,
    row: f64,
    text: String,
    kind: usize,
}

/// Boxes on a grid and the arrows between them: place boxes, join them, then
/// [`draw`](Diagram::draw).
///
/// Places are columns and rows, counted from the upper left corner. A box may stand between two of
/// them (`0.5`). All boxes are of one size, which follows from their words.
///
/// ```
/// use figures::Diagram;
/// let mut diagram = Diagram::new("a · b");
/// let (a, b) = (diagram.node(0.0, 0.0, 0, "a"), diagram.node(0.0, 1.0, 0, "b"));
/// let product = diagram.node(1.0, 0.5, 1, "·");
/// diagram.arrow(a, product, "slope b");
/// diagram.arrow(b, product, "slope a");
/// assert!(diagram.draw()?.svg().contains(">slope b</text>"));
/// # Ok::<(), figures::PlotError>(())
/// ```
pub struct Diagram {
    title: String,
    nodes: Vec<Node>,
    arrows: Vec<(usize, usize, String)>,
    links: Vec<(usize, String)>,
}

/// Where boxes go.
struct Grid {
    left: f64,
    top: f64,
    /// From one box to the next.
    pitch: (f64, f64),
    size: (f64, f64),
}

impl Grid {
    fn centre(&self, node: &Node) -> (f64, f64) {
        let x = self.left + self.size.0 / 2.0 + node.column * self.pitch.0;
        (x, self.top + self.size.1 / 2.0 + node.row * self.pitch.1)
    }

    fn corners(&self, node: &Node) -> [(f64, f64); 2] {
        let ((x, y), (w, h)) = (self.centre(node), self.size);
        [(x - w / 2.0, y - h / 2.0), (x + w / 2.0, y + h / 2.0)]
    }

    /// Where an arrow begins and ends: on the line between two centres, outside their boxes.
    ///
    /// To a box of another row an arrow goes from a foot to a head, however far the columns are from
    /// each other: at the sides, arrows to neighbours would end in the same gap.
    fn between(&self, from: (f64, f64), to: (f64, f64)) -> [(f64, f64); 2] {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (half, foot) = (self.size.0 / 2.0, self.size.1 / 2.0 + 2.0);
        // The share of the way after which the line has left a box by its side or by its foot.
        let (side, below) = ((half + 2.0) / dx.abs().max(1e-9), foot / dy.abs().max(1e-9));
        if side < below && dy.abs() >= self.pitch.1 {
            let (right, down) = (dx.signum(), foot * dy.signum());
            let inside = |corner: f64| (half - corner) * right;
            // Deeper in where it ends: two that cross have done so before their heads begin.
            return [(from.0 + inside(CORNER), from.1 + down), (to.0 - inside(2.0 * CORNER), to.1 - down)];
        }
        let share = side.min(below).min(0.45);
        let at = |share: f64| (from.0 + dx * share, from.1 + dy * share);
        [at(share), at(1.0 - share)]
    }
}

impl Diagram {
    /// An empty diagram.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), nodes: Vec::new(), arrows: Vec::new(), links: Vec::new() }
    }

    /// Places a box in a cell of the grid, which counts from the upper left corner, and returns its
    /// number. Boxes of one `kind` share a colour; a new line of `text` begins after each `\n`, and
    /// where a line would be wider than the box.
    pub fn node(&mut self, column: f64, row: f64, kind: usize, text: &str) -> usize {
        self.nodes.push(Node { column, row, text: text.to_owned(), kind: kind % SERIES.len() });
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
        let mut canvas = Canvas::new();
        let top = canvas.title(&self.title) + 4.0;
        // Words beside arrows across need room between boxes.
        let has_words = self.arrows.iter().any(|arrow| !arrow.2.is_empty());
        let between = if has_words { 3.0 * BETWEEN } else { BETWEEN };
        let pitch = (WIDTH - 2.0 * EDGE + between) / (columns + 1.0);
        let wide = (pitch - between).min(WIDEST);
        let lines: Vec<Vec<String>> = self
            .nodes
            .iter()
            .map(|node| node.text.lines().flat_map(|line| wrap(line, TEXT, wide - 4.0)).collect())
            .collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        let high = LINE * most as f64 + 10.0;
        let left = (WIDTH - columns * pitch - wide) / 2.0;
        let grid = Grid { left, top, pitch: (pitch, high + BELOW), size: (wide, high) };
        let (mut shafts, mut heads) = (String::new(), String::new());
        for (from, to, words) in &self.arrows {
            let [start, end] = grid.between(grid.centre(&self.nodes[*from]), grid.centre(&self.nodes[*to]));
            let _ =
                write!(shafts, "M{} {}L{} {}", round(start.0), round(start.1), round(end.0), round(end.1));
            heads.push_str(&head(start, end));
            let above = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1) - 13.0);
            if !words.is_empty() {
                canvas.text(above, At::Middle, words);
            }
        }
        canvas.line(shafts, INK, 1.6, |path| path.set("stroke-opacity", 0.7));
        canvas.add(Path::new().set("d", heads));
        for (node, lines) in self.nodes.iter().zip(&lines) {
            let (colour, corners) = (SERIES[node.kind], grid.corners(node));
            let [(x0, y0), (x1, y1)] = corners.map(|(x, y)| (round(x), round(y)));
            let d = format!("M{x0} {y0}H{x1}V{y1}H{x0}z");
            let outline = Path::new().set("d", d).set("fill", colour.to_string()).set("fill-opacity", 0.14);
            canvas.add(outline.set("stroke", colour.to_string()).set("stroke-width", 2));
            let (x, y) = grid.centre(node);
            let first = y - LINE * (lines.len() as f64 - 1.0) / 2.0;
            for (place, line) in lines.iter().enumerate() {
                canvas.text((x, first + LINE * place as f64), At::Middle, line);
            }
        }
        for (node, address) in &self.links {
            let node = &self.nodes[*node];
            // `code/chapters/08-attention/src/mask.rs.html` shows `08-attention/src/mask.rs`.
            let file = address.trim_start_matches("code/chapters/").trim_end_matches(".html");
            canvas.link(grid.corners(node), address, &format!("{}: {file}", one_line(&node.text)));
        }
        Ok(canvas.finish(top + rows * grid.pitch.1 + high + EDGE, &self.says()))
    }

    /// The diagram in words, for those who do not see it.
    fn says(&self) -> String {
        let name = |node: usize| one_line(&self.nodes[node].text);
        let arrow = |(from, to, words): &(usize, usize, String)| {
            let words = if words.is_empty() { String::new() } else { format!(" ({words})") };
            format!("{} to {}{words}", name(*from), name(*to))
        };
        let title = self.title.trim_end_matches('.');
        if self.arrows.is_empty() {
            let boxes: Vec<String> = (0..self.nodes.len()).map(name).collect();
            return format!("{title}. Diagram. Boxes: {}.", boxes.join("; "));
        }
        let arrows: Vec<String> = self.arrows.iter().map(arrow).collect();
        format!("{title}. Diagram. Arrows: {}.", arrows.join("; "))
    }
}

fn one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

/// The triangle at an arrow's end, as the data of a path.
fn head(start: (f64, f64), end: (f64, f64)) -> String {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |along: f64, across: f64| {
        format!("{} {}", round(end.0 - ux * along + uy * across), round(end.1 - uy * along - ux * across))
    };
    format!("M{} {}L{}L{}z", round(end.0), round(end.1), corner(9.0, 4.0), corner(9.0, -4.0))
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
            assert!(draw().svg().contains(&format!(">{word}</text>")));
        }
        assert!(draw().svg().contains("aria-label=\"two. Diagram. Arrows: a 1.5 to tanh (slope).\""));
        assert_eq!(draw(), draw());
    }

    #[test]
    fn a_box_can_be_a_link_that_says_where_it_leads() {
        let mut diagram = Diagram::new("one");
        let a = diagram.node(0.0, 0.0, 0, "a\nb");
        assert!(!diagram.draw().unwrap().svg().contains("<a "));
        diagram.link(a, "code/chapters/08-attention/src/mask.rs.html");
        let figure = diagram.draw().unwrap();
        let link = "<a aria-label=\"a b: 08-attention/src/mask.rs\" href=\"code/chapters/08-attention/src/mask.rs.html\">";
        assert_eq!(figure.svg().matches(link).count(), 1);
        // What is inside an image is not there for the keyboard's user.
        assert!(figure.svg().contains("role=\"group\"") && figure.svg().contains("a:focus-visible"));
    }

    #[test]
    fn a_diagram_without_a_box_is_refused() {
        assert!(matches!(Diagram::new("none").draw(), Err(PlotError::Empty(_))));
    }

    #[test]
    fn an_arrow_runs_between_the_boxes() {
        let grid = Grid { left: 0.0, top: 0.0, pitch: (200.0, 80.0), size: (120.0, 40.0) };
        let [start, end] = grid.between((100.0, 50.0), (300.0, 50.0));
        assert!(start.0 >= 160.0 && end.0 <= 240.0);
    }

    #[test]
    fn arrows_from_both_sides_end_in_their_own_boxes() {
        // Two boxes stand 12 apart below three: an outer one is joined to the farther of the two.
        let grid = Grid { left: 0.0, top: 0.0, pitch: (160.0, 70.0), size: (148.0, 46.0) };
        let (low, high) = ((74.0, 23.0), (394.0, 23.0));
        let (left, right) = ((154.0, 93.0), (314.0, 93.0));
        let [[_, to_right], [_, to_left]] = [grid.between(low, right), grid.between(high, left)];
        for ((x, y), middle) in [(to_right, right.0), (to_left, left.0)] {
            assert!((x - middle).abs() < 74.0 && y < 70.0, "an arrow ends at {x}, {y}, beside its box");
        }
    }
}
