//! cargo's own command line, as far as the book uses it.

use clap::{Args, Parser};

/// What cargo is to do.
#[derive(Debug, Parser)]
#[command(name = "cargo")]
pub enum Cargo {
    /// A program
    Run(Of),
    /// Tests
    Test(Of),
    /// Benchmarks
    Bench(Of),
    /// Everything
    Build(Of),
    /// Types alone
    Check(Of),
    /// Documentation
    Doc(Of),
    /// Lints
    Clippy(Of),
    /// A command that is no part of this list, with its words
    #[command(external_subcommand)]
    Other(Vec<String>),
}

/// Of which packages, and what of them.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // to clap a flag is one
pub struct Of {
    #[arg(short, long)]
    pub package: Vec<String>,
    #[arg(long)]
    pub bin: Vec<String>,
    #[arg(long)]
    pub example: Vec<String>,
    #[arg(long)]
    pub test: Vec<String>,
    #[arg(long)]
    pub bench: Vec<String>,
    #[arg(short = 'F', long, value_delimiter = ',')]
    pub features: Vec<String>,
    #[arg(long)]
    workspace: bool,
    #[arg(short, long)]
    release: bool,
    #[arg(short, long)]
    quiet: bool,
    #[arg(long)]
    lib: bool,
    #[arg(long)]
    bins: bool,
    #[arg(long)]
    examples: bool,
    #[arg(long)]
    tests: bool,
    #[arg(long)]
    all_targets: bool,
    #[arg(long)]
    no_deps: bool,
    #[arg(long)]
    open: bool,
    #[arg(long)]
    message_format: Option<String>,
    #[arg(long)]
    target: Option<String>,
    /// A part of the names of tests; behind `--` what the program itself is given
    pub words: Vec<String>,
}

impl Cargo {
    /// Reads the words of a command.
    ///
    /// # Errors
    ///
    /// What cargo would not understand, or this list does not have.
    pub fn read(words: &[String]) -> Result<Self, String> {
        Self::try_parse_from(words).map_err(|error| error.to_string())
    }
}
