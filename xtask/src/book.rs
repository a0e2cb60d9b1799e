//! Building the book with mdbook and mdbook-katex.

use crate::outputs::{figures, outputs};
use crate::run::{program, root, run, tool};
use crate::{code, links};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

const MDBOOK: &str = "0.5.4";
const MDBOOK_KATEX: &str = "0.10.0";

/// Refreshes what the pages include, builds them and checks the links.
pub fn book(pages: bool, open: bool, serve: bool) -> Result<()> {
    if !pages {
        outputs()?;
        figures()?;
    }
    if serve {
        return run(mdbook()?.args(["serve", "--open", "book"]));
    }
    build()?;
    if open {
        run(mdbook()?.args(["build", "--open", "book"]))?;
    }
    Ok(())
}

/// Builds the HTML and checks it.
pub fn build() -> Result<()> {
    run(mdbook()?.args(["build", "book"]))?;
    let folder = root().join("book").join("book");
    code::write(&folder)?;
    links::check(&folder)?;
    println!("The book is in book/book/index.html.");
    Ok(())
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
