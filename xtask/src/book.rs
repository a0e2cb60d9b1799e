//! Building the book with mdbook, mdbook-katex and the book's own preprocessor
//! ([`crate::preprocess`]), which mdbook starts by itself.

use crate::outputs::{figures, outputs};
use crate::run::{program, root, run, tool};
use crate::{links, site};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

const MDBOOK: &str = "0.5.4";
const MDBOOK_KATEX: &str = "0.10.0";

/// Builds the pages, checks them, and opens them if asked to. Only `refresh` writes files that git
/// knows: the outputs and figures that pages include.
pub fn book(refresh: bool, open: bool, serve: bool) -> Result<()> {
    if refresh {
        outputs()?;
        figures()?;
    }
    if serve {
        return run(mdbook()?.args(["serve", "--open", "book"]));
    }
    let index = build()?;
    if open {
        opener::open(&index).with_context(|| format!("no browser opens {}", index.display()))?;
    }
    Ok(())
}

/// Builds the HTML, checks it, and says where it begins.
pub fn build() -> Result<PathBuf> {
    run(mdbook()?.args(["build", "book"]))?;
    let folder = root().join("book").join("book");
    links::check(&folder)?;
    site::check(&folder)?;
    println!("The book is in book/book/index.html.");
    Ok(folder.join("index.html"))
}

/// mdbook, with mdbook-katex on its path.
fn mdbook() -> Result<Command> {
    let (mdbook, katex) =
        (tool("mdbook", "mdbook", MDBOOK)?, tool("mdbook-katex", "mdbook-katex", MDBOOK_KATEX)?);
    let folder = katex.parent().map(PathBuf::from).unwrap_or_default();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command = program(&mdbook.to_string_lossy());
    command.env("PATH", std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&path)))?);
    Ok(command)
}
