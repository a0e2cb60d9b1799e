//! What a cell may give.
//!
//! The kernel reports neither a panic nor a returned error as a failed execution, and where it
//! cannot call a value's own display it prints the value's fields: so outputs are read.

use super::format::{Lines, Output};

/// A screen: what an output may fill.
const LINES: usize = 60;
/// Characters on a screen.
const CHARACTERS: usize = 6_000;
/// The weight of a picture in either form, in bytes.
const PICTURE: usize = 80_000;

/// Places of one machine: a reader has others.
const PLACES: [&str; 6] = ["/home/", "/root/", "/Users/", "/tmp/", "/private/var/", ":\\Users\\"];
/// What a program says that did not end well.
const FAILURES: [&str; 3] = ["panicked at", "error[E", "Child process terminated"];

/// What is wrong with what a cell gave.
pub(super) fn judge(source: &str, outputs: &[Output]) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut shown, mut pictures) = (String::new(), 0);
    for output in outputs {
        match output {
            Output::Error { ename, evalue } => faults.push(format!("failed: {ename}: {evalue}")),
            Output::Stream { name, text } if name == "stderr" => {
                faults.push(format!("wrote to stderr: {}", first_line(text)));
            }
            Output::Stream { text, .. } => shown.push_str(text),
            Output::ExecuteResult { data } | Output::DisplayData { data } => {
                if let Some(text) = data.get("text/plain") {
                    shown.push_str(&text.join());
                }
                let (svg, html) = (data.get("image/svg+xml"), data.get("text/html"));
                if svg.is_some() || html.is_some() {
                    pictures += 1;
                    faults.extend(picture(
                        &svg.map(Lines::join).unwrap_or_default(),
                        &html.map(Lines::join).unwrap_or_default(),
                    ));
                }
            }
        }
    }
    // The kernel keeps one picture a cell: of two drawn, the first would be lost.
    let names_figure = source.trim_end().lines().last() == Some("figure");
    let drawn = source.matches(".draw()").count().max(usize::from(names_figure));
    if drawn > pictures {
        faults.push(format!(
            "draws {drawn} and shows {pictures}: one a cell, and its last line is the figure's name \
             (`let figure = chart.draw().unwrap();`, then `figure`)"
        ));
    }
    if ["<svg", "Figure {", "Figure ("].iter().any(|part| shown.contains(part)) {
        faults.push("shows a figure's text in the place of the figure".to_owned());
    }
    let (lines, characters) = (shown.lines().count(), shown.chars().count());
    if lines > LINES || characters > CHARACTERS {
        faults.push(format!(
            "prints {lines} lines and {characters} characters: a screen has {LINES} and {CHARACTERS}"
        ));
    }
    for failure in FAILURES.iter().filter(|failure| shown.contains(**failure)) {
        faults.push(format!("says {failure:?}: {}", first_line_with(&shown, failure)));
    }
    for place in PLACES.iter().filter(|place| shown.contains(**place)) {
        faults.push(format!("shows a path of one machine: {}", first_line_with(&shown, place)));
    }
    if shown.lines().any(|line| line == "()") {
        faults.push("shows `()`: a semicolon after its last expression keeps it silent".to_owned());
    }
    faults
}

/// What is wrong with a picture in its two forms (`figures/src/notebook.rs` says why two).
fn picture(svg: &str, html: &str) -> Option<String> {
    if !svg.trim_start().starts_with("<svg") || !svg.trim_end().ends_with("</svg>") {
        return Some("shows a picture without its SVG".to_owned());
    }
    if !html.trim_start().starts_with("<img alt=\"") || !html.contains("src=\"data:image/svg+xml;base64,") {
        return Some(
            "shows a picture that JupyterLab does not show before it is run: no HTML image".to_owned(),
        );
    }
    let bytes = svg.len().max(html.len());
    (bytes > PICTURE).then(|| format!("shows a picture of {bytes} bytes: more than {PICTURE} load slowly"))
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

fn first_line_with<'a>(text: &'a str, part: &str) -> &'a str {
    text.lines().find(|line| line.contains(part)).unwrap_or_default()
}
