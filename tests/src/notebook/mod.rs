//! What a notebook must be, executed or as committed: the chore that executes notebooks and the
//! test of the committed ones read it here.

mod format;
mod outputs;

pub use format::Lines;
use format::{Cell, Notebook};
use outputs::{first_line, judge};
use std::collections::BTreeSet;

/// The first code cell of every notebook: the book's own versions of all libraries, or what to do.
///
/// The message ends the kernel's child process, so that a run of all cells stops there.
pub const FIRST_CELL: &str = r#":cache 1000
const LOCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
if !std::path::Path::new("../chapters").exists() || std::fs::copy("../Cargo.lock", LOCK).is_err() {
    println!("Open this notebook in the folder `notebooks` of a copy of the book: it needs the chapters.");
    std::process::exit(1);
};"#;

/// The width of a listing.
const COLUMNS: usize = 108;

/// The texts of a notebook's Markdown cells; none of what is no notebook, of which [`faults`] tells.
pub fn prose(json: &str) -> Vec<String> {
    let cells = serde_json::from_str(json).map_or_else(|_| Vec::new(), |notebook: Notebook| notebook.cells);
    let text = |cell| match cell {
        Cell::Markdown { source, .. } => Some(source),
        Cell::Code { .. } => None,
    };
    cells.into_iter().filter_map(text).collect()
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
            if source.lines().any(|line| line.chars().count() > COLUMNS) {
                found.push(format!("has a line of more than {COLUMNS} columns"));
            }
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
        "does not begin with the cell that copies Cargo.lock (tests/src/notebook/mod.rs has its text)",
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
