//! The chores of the book, as `cargo x <chore>`.

mod book;
mod chapters;
mod ci;
mod code;
mod compare;
mod exercises;
mod links;
mod notebooks;
mod outputs;
mod python;
mod run;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo x", about = "The chores of the book")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Refresh figures and outputs, then build the book and check its links
    Book {
        /// Leave figures and outputs as they are: the pages alone, in seconds
        #[arg(long)]
        pages: bool,
        /// Open it in a browser
        #[arg(long)]
        open: bool,
        /// Serve it and rebuild on every change
        #[arg(long, conflicts_with = "open")]
        serve: bool,
    },
    /// Run every chapter's experiment, which writes its figures
    Figures,
    /// Run every example and keep what it prints beside it
    Outputs,
    /// Execute every notebook from a clean kernel
    Notebooks {
        /// Execute, but leave the files as they are
        #[arg(long)]
        check: bool,
        /// Only notebooks whose name contains this
        only: Option<String>,
    },
    /// Show which exercises are solved, and hints for those that are not
    Exercises {
        /// Only this chapter
        chapter: Option<String>,
        /// Judge the book's own solutions instead of yours
        #[arg(long)]
        solutions: bool,
    },
    /// Run the tests of the only `unsafe` under the address sanitizer
    Sanitize,
    /// Train and sample with mini-gpt and with PyTorch in turn, and print both side by side
    ComparePytorch(compare::CompareArgs),
    /// Everything that must pass before a change goes in
    Ci,
}

fn main() -> Result<()> {
    match Cli::parse().chore {
        Chore::Book { pages, open, serve } => book::book(pages, open, serve),
        Chore::Figures => outputs::figures(),
        Chore::Outputs => outputs::outputs(),
        Chore::Notebooks { check, only } => notebooks::notebooks(check, only.as_deref()),
        Chore::Exercises { chapter, solutions } => exercises::exercises(chapter.as_deref(), solutions),
        Chore::Sanitize => ci::sanitize(),
        Chore::ComparePytorch(args) => compare::compare(&args),
        Chore::Ci => ci::ci(),
    }
}
