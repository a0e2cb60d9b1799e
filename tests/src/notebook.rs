//! What a notebook must be, executed or as committed: the chore that executes notebooks and the
//! test of the committed ones read it here.
//!
//! The kernel reports neither a panic nor a returned error as a failed execution, and where it
//! cannot call a value's own display it prints the value's fields: so outputs are read.

use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};

/// The first code cell of every notebook: the book's own versions of all libraries, or what to do.
///
/// The message ends the kernel's child process, so that a run of all cells stops there.
pub const FIRST_CELL: &str = r#":cache 1000
let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
if !std::path::Path::new("../chapters").exists() || std::fs::copy("../Cargo.lock", lock).is_err() {
    println!("Open this notebook from the folder `notebooks` of a copy of the book: it needs the chapters beside that folder.");
    std::process::exit(1);
};"#;

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

/// A notebook of format 4.5, in the parts that are judged.
#[derive(Deserialize)]
struct Notebook {
    nbformat: u32,
    nbformat_minor: u32,
    metadata: Metadata,
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Metadata {
    kernelspec: KernelSpec,
}

#[derive(Deserialize)]
struct KernelSpec {
    name: String,
    language: String,
}

#[derive(Deserialize)]
#[serde(tag = "cell_type", rename_all = "snake_case")]
enum Cell {
    Markdown {
        id: String,
        #[serde(deserialize_with = "text")]
        source: String,
    },
    Code {
        id: String,
        #[serde(deserialize_with = "text")]
        source: String,
        execution_count: Option<u32>,
        outputs: Vec<Output>,
    },
}

#[derive(Deserialize)]
#[serde(tag = "output_type", rename_all = "snake_case")]
enum Output {
    Stream {
        name: String,
        #[serde(deserialize_with = "text")]
        text: String,
    },
    ExecuteResult {
        data: BTreeMap<String, Lines>,
    },
    DisplayData {
        data: BTreeMap<String, Lines>,
    },
    Error {
        ename: String,
        evalue: String,
    },
}

/// Text as the format keeps it: whole, or as a list of its lines.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lines {
    Whole(String),
    Parts(Vec<String>),
}

impl Lines {
    fn join(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Parts(lines) => lines.concat(),
        }
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Lines::deserialize(deserializer)?.join())
}

/// What is wrong with an executed notebook: one line each, empty when nothing is.
pub fn faults(json: &str) -> Vec<String> {
    let notebook: Notebook = match serde_json::from_str(json) {
        Ok(notebook) => notebook,
        Err(error) => return vec![format!("is no notebook of format 4.5: {error}")],
    };
    let mut faults = form(&notebook);
    for (number, cell) in notebook.cells.iter().enumerate() {
        if let Cell::Code { source, execution_count, outputs, .. } = cell {
            let mut found = judge(source, outputs);
            if execution_count.is_none() {
                found.push("was not executed".to_owned());
            }
            faults.extend(found.into_iter().map(|fault| format!("cell {number} {fault}")));
        }
    }
    faults
}

/// The form that all notebooks share.
fn form(notebook: &Notebook) -> Vec<String> {
    let mut faults = Vec::new();
    let mut hold = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    hold((notebook.nbformat, notebook.nbformat_minor) == (4, 5), "is not of format 4.5");
    let kernel = &notebook.metadata.kernelspec;
    hold(
        (kernel.name.as_str(), kernel.language.as_str()) == ("rust", "rust"),
        "asks for another kernel than rust",
    );

    let ids: Vec<&String> = notebook.cells.iter().map(Cell::id).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    hold(distinct.len() == ids.len() && ids.iter().all(|id| !id.is_empty()), "has two cells of one id");

    let titled =
        matches!(notebook.cells.first(), Some(Cell::Markdown { source, .. }) if source.starts_with("# "));
    hold(titled, "does not begin with its title");

    let code: Vec<&String> = notebook.cells.iter().filter_map(Cell::code).collect();
    hold(
        code.first().is_some_and(|first| *first == FIRST_CELL),
        "does not begin with the cell that copies Cargo.lock (tests/src/notebook.rs has its text)",
    );
    for section in sections(notebook) {
        let (heading, lower) = (first_line(&section), section.to_lowercase());
        hold(
            lower.contains("**predict") && lower.contains("**change"),
            &format!("does not say what to predict and what to change under {heading:?}"),
        );
    }
    let names = |cell: &str| cell.lines().any(|line| line.starts_with(":dep "));
    hold(
        code.get(1).is_some_and(|second| names(second)),
        "has no second code cell that names all dependencies",
    );
    hold(
        !code.iter().skip(2).any(|cell| names(cell)),
        "names a dependency after the second code cell: all are compiled anew there",
    );
    faults
}

/// The prose of each section, its heading first.
fn sections(notebook: &Notebook) -> Vec<String> {
    let prose = notebook.cells.iter().filter_map(|cell| match cell {
        Cell::Markdown { source, .. } => Some(source.as_str()),
        Cell::Code { .. } => None,
    });
    let prose: Vec<&str> = prose.collect();
    prose.join("\n").split("\n## ").skip(1).map(str::to_owned).collect()
}

impl Cell {
    fn id(&self) -> &String {
        match self {
            Self::Markdown { id, .. } | Self::Code { id, .. } => id,
        }
    }

    fn code(&self) -> Option<&String> {
        match self {
            Self::Markdown { .. } => None,
            Self::Code { source, .. } => Some(source),
        }
    }
}

/// What is wrong with what a cell gave.
fn judge(source: &str, outputs: &[Output]) -> Vec<String> {
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
    let drawn = source.matches(".draw()").count();
    if drawn != pictures {
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

/// What is wrong with a picture in its two forms (`plot/notebook.rs` in chapter 0 says why two).
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

fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

fn first_line_with<'a>(text: &'a str, part: &str) -> &'a str {
    text.lines().find(|line| line.contains(part)).unwrap_or_default()
}
