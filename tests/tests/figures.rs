//! Every figure can be read: on a phone, in any theme, and by those who do not see it.

use checks::{files, finished, root};
use roxmltree::{Document, Node};
use std::cell::Cell;
use std::fs;

/// The width of a figure on a phone 390 px wide, and what its text comes to there at least.
const PHONE: f64 = 350.0;
const SMALLEST: f64 = 11.0;
/// A figure is part of its page, which is loaded as a whole.
const HEAVIEST: usize = 60_000;

/// A rectangle, in units of the figure.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn has(&self, (x, y): (f64, f64)) -> bool {
        self.left < x && x < self.right && self.top < y && y < self.bottom
    }
}

/// A line of text and the place that it takes.
struct Words<'a> {
    text: &'a str,
    area: Area,
    size: f64,
    is_name: bool,
}

/// A figure, taken apart.
struct Figure<'a> {
    root: Node<'a, 'a>,
    canvas: (f64, f64),
    words: Vec<Words<'a>>,
}

fn number(node: Node<'_, '_>, name: &str) -> Option<f64> {
    node.attribute(name)?.trim_end_matches("em").parse().ok()
}

/// The numbers in the data of a path.
fn numbers(d: &str) -> Vec<f64> {
    d.split(|c: char| !matches!(c, '0'..='9' | '.' | '-')).filter_map(|n| n.parse().ok()).collect()
}

impl<'a> Figure<'a> {
    fn of(document: &'a Document<'a>) -> Self {
        let root = document.root_element();
        let size = numbers(root.attribute("viewBox").unwrap_or_default());
        let texts = root.descendants().filter(|node| node.has_tag_name("text"));
        let words = texts.filter_map(|node| words(node, number(root, "font-size"))).collect();
        Self { root, canvas: (size[2], size[3]), words }
    }

    /// The data of all paths of a class.
    fn paths(&self, class: &str) -> Vec<&'a str> {
        let of = |node: &Node<'a, 'a>| node.attribute("class") == Some(class);
        self.root.descendants().filter(of).filter_map(|node| node.attribute("d")).collect()
    }

    /// What is inside the axes, if there are any.
    fn plot(&self) -> Option<Area> {
        // The axes end with a line down the left and along the foot: M x top V bottom H right.
        let line = self.paths("axes").first()?.rsplit_once('M')?.1;
        let [left, top, bottom, right] = numbers(line)[..] else { return None };
        Some(Area { left, top, right, bottom })
    }
}

fn words<'a>(node: Node<'a, 'a>, size: Option<f64>) -> Option<Words<'a>> {
    let text = node.text()?.trim();
    let size = number(node, "font-size").or(size)?;
    let (x, y) = (number(node, "x")?, number(node, "y")? + number(node, "dy").unwrap_or(0.0) * size);
    // Bold letters are about an eighth wider.
    let bold = if node.attribute("font-weight").is_some() { 1.13 } else { 1.0 };
    let width = bold * figures::width(text, size);
    let left = match node.attribute("text-anchor") {
        Some("middle") => -width / 2.0,
        Some("end") => -width,
        _ => 0.0,
    };
    let (up, down) = (0.74 * size, 0.2 * size);
    let area = match node.attribute("transform") {
        // The only turn there is: a quarter to the left, about the text's place without its baseline.
        Some(turn) => {
            let [_, x, y] = numbers(turn)[..] else { return None };
            let baseline = 0.36 * size;
            Area {
                left: x + baseline - up,
                top: y - left - width,
                right: x + baseline + down,
                bottom: y - left,
            }
        }
        None => Area { left: x + left, top: y - up, right: x + left + width, bottom: y + down },
    };
    (!text.is_empty()).then(|| Words { text, area, size, is_name: node.attribute("class") == Some("name") })
}

/// Looks at every figure of the book; fails with all complaints that `look` has.
fn every_figure(look: impl Fn(&Figure<'_>, &str) -> Vec<String>) {
    let mut complaints = Vec::new();
    let mut count = 0;
    for chapter in finished() {
        for file in files(&root().join("book/src/figures").join(&chapter.name)) {
            let svg = fs::read_to_string(&file).expect("figures are text");
            let document =
                Document::parse(&svg).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let found = look(&Figure::of(&document), &svg);
            complaints.extend(found.into_iter().map(|what| format!("{}/{name}: {what}", chapter.name)));
            count += 1;
        }
    }
    assert!(count > 0, "there are no figures");
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_figure_says_what_it_shows() {
    every_figure(|figure, _| {
        let label = figure.root.attribute("aria-label").unwrap_or_default();
        let links: Vec<_> = figure.root.descendants().filter(|node| node.has_tag_name("a")).collect();
        // What is inside an image is not read, so links must not be inside one.
        let role = if links.is_empty() { "img" } else { "group" };
        let mut complaints = Vec::new();
        if figure.root.attribute("role") != Some(role) {
            complaints.push(format!("its role is not {role}"));
        }
        let titles = figure.root.descendants().filter(|node| node.attribute("font-weight").is_some());
        let title: Vec<&str> = titles.filter_map(|node| node.text()).collect();
        if title.is_empty() || !label.starts_with(title.join(" ").trim_end_matches('.')) {
            complaints.push(format!("its name does not begin with its title: {label:?}"));
        }
        let said = |words: &&Words<'_>| label.contains(words.text);
        complaints.extend(
            figure
                .words
                .iter()
                .filter(|w| w.is_name && !said(w))
                .map(|w| format!("does not say {:?}", w.text)),
        );
        let dumb =
            |link: &&Node<'_, '_>| link.attribute("aria-label").is_none_or(|label| !label.contains(".rs"));
        complaints.extend(
            links
                .iter()
                .filter(dumb)
                .map(|link| format!("link without the name of its file: {:?}", link.attribute("href"))),
        );
        complaints
    });
}

#[test]
fn no_figure_is_heavy() {
    every_figure(|_, svg| {
        (svg.len() > HEAVIEST).then(|| format!("{} kB", svg.len() / 1000)).into_iter().collect()
    });
}

#[test]
fn text_can_be_read_on_a_phone() {
    every_figure(|figure, _| {
        let pixels = |words: &Words<'_>| words.size * PHONE / figure.canvas.0;
        let small = figure.words.iter().filter(|words| pixels(words) < SMALLEST);
        small.map(|words| format!("{:?} is {:.1} px high", words.text, pixels(words))).collect()
    });
}

#[test]
fn text_keeps_to_the_canvas_and_covers_no_other_text() {
    every_figure(|figure, _| {
        let mut complaints = Vec::new();
        for (i, words) in figure.words.iter().enumerate() {
            let Area { left, top, right, bottom } = words.area;
            if left < 0.0 || top < 0.0 || right > figure.canvas.0 || bottom > figure.canvas.1 {
                complaints.push(format!("{:?} leaves the canvas", words.text));
            }
            let met = figure.words[..i].iter().filter(|other| other.area.meets(&words.area));
            complaints.extend(met.map(|other| format!("{:?} and {:?} overlap", other.text, words.text)));
        }
        complaints
    });
}

#[test]
fn powers_and_indices_are_written_as_people_write_them() {
    every_figure(|figure, _| {
        let typed = figure.words.iter().filter(|words| words.text.contains('^'));
        typed.map(|words| format!("{:?}", words.text)).collect()
    });
}

#[test]
fn names_stand_outside_the_plot() {
    let plots = Cell::new(0);
    every_figure(|figure, _| {
        let Some(plot) = figure.plot() else { return Vec::new() };
        plots.set(plots.get() + 1);
        let inside = figure.words.iter().filter(|words| words.is_name && words.area.meets(&plot));
        inside.map(|words| format!("{:?} lies over data", words.text)).collect()
    });
    assert!(plots.get() > 0, "no figure has axes");
}

#[test]
fn words_cover_neither_marks_nor_lines() {
    let looked_at = Cell::new(0);
    every_figure(|figure, _| {
        let mut places: Vec<(f64, f64)> = Vec::new();
        for d in figure.paths("marks") {
            // Each mark begins at its edge.
            let starts = d.split('M').skip(1).map(numbers);
            places.extend(starts.map(|at| (at[0], at[1])));
        }
        for line in figure.paths("line").iter().flat_map(|d| d.split('M').skip(1)) {
            let points: Vec<(f64, f64)> = numbers(line).chunks_exact(2).map(|p| (p[0], p[1])).collect();
            for pair in points.windows(2) {
                let steps = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1).ceil().max(1.0) as usize;
                let at = |k: usize| k as f64 / steps as f64;
                let between = |from: f64, to: f64, share: f64| from + share * (to - from);
                places.extend(
                    (0..=steps).map(|k| {
                        (between(pair[0].0, pair[1].0, at(k)), between(pair[0].1, pair[1].1, at(k)))
                    }),
                );
            }
        }
        let covers = |words: &&Words<'_>| places.iter().any(|&place| words.area.has(place));
        looked_at.set(looked_at.get() + places.len());
        figure.words.iter().filter(covers).map(|words| format!("{:?} covers data", words.text)).collect()
    });
    assert!(looked_at.get() > 0, "no figure has marks or lines");
}
