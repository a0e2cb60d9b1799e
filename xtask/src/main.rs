//! The chores of the book, as `cargo x …`.

mod book;
mod browser;
mod chapters;
mod ci;
mod code_pages;
mod compare;
mod exercises;
mod fuzz;
mod highlight;
mod links;
mod listings;
mod markup;
mod misconceptions;
mod notebook_pages;
mod notebooks;
mod outputs;
mod preprocess;
mod python;
mod quick;
mod run;
mod site;
mod static_page;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "cargo x", about = "The chores of the book")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the book's pages and check them
    Book {
        /// First run all examples and experiments, and write the outputs and figures anew: for authors
        #[arg(long)]
        refresh: bool,
        /// Open it in a browser
        #[arg(long)]
        open: bool,
        /// Serve it and rebuild on every change
        #[arg(long, conflicts_with = "open")]
        serve: bool,
    },
    /// Put links into pages and write the pages of the code: mdBook runs this, as `book/book.toml` says
    #[command(hide = true)]
    Preprocess {
        /// Nothing, or mdBook's question: `supports`, and the name of a renderer
        question: Vec<String>,
    },
    /// Look at the built book in Chromium: axe-core in every theme, phone, search, keyboard, paper
    Browser {
        /// Save pictures of every page into this folder
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// Only pages whose name contains this, and no search, keyboard or paper
        only: Option<String>,
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
    /// Judge the exercises: what is solved, and what the judges say to the rest
    Exercises(exercises::Choice),
    /// Run the tests of the only `unsafe` under the address sanitizer
    Sanitize,
    /// Throw made-up files at everything that reads other people's
    Fuzz {
        /// Only this target: the name of a file in `fuzz/fuzz_targets`
        target: Option<String>,
        /// How long each
        #[arg(long, default_value_t = 600)]
        seconds: u32,
    },
    /// Train and sample with mini-gpt and with PyTorch in turn, and print both side by side
    ComparePytorch(compare::CompareArgs),
    /// Before a commit: formatting, lints and tests of the crates that changed, the pages' tests
    Quick,
    /// Everything that must pass before a change goes in
    Ci,
}

fn main() -> Result<()> {
    match Cli::parse().chore {
        Chore::Book { refresh, open, serve } => book::book(refresh, open, serve),
        Chore::Preprocess { question } => preprocess::preprocess(&question),
        Chore::Browser { pictures, only } => browser::browser(pictures.as_deref(), only.as_deref()),
        Chore::Figures => outputs::figures(),
        Chore::Outputs => outputs::outputs(),
        Chore::Notebooks { check, only } => notebooks::notebooks(check, only.as_deref()),
        Chore::Exercises(choice) => exercises::exercises(&choice),
        Chore::Sanitize => ci::sanitize(),
        Chore::Fuzz { target, seconds } => fuzz::fuzz(target.as_deref(), seconds),
        Chore::ComparePytorch(args) => compare::compare(&args),
        Chore::Quick => quick::quick(),
        Chore::Ci => ci::ci(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn pages_give_it_what_it_understands() {
        let wrong = checks::commands::misunderstood("xtask", &Cli::command());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
