//! The command line: what each command does stands in a file of its own.

mod default_run;
mod eval;
mod generate;
mod info;
mod speed;
mod train;

use clap::{Parser, Subcommand};
use gpt::corpus::{Source, Text};
use mini_gpt::Error;
use mini_gpt::program::note;

/// Train a small GPT, judge it, and let it write.
///
/// Without a command it trains on stories for about two minutes and then prints some of its own.
#[derive(Debug, Parser)]
#[command(name = "mini-gpt", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Steps of the run without a command: its tests cannot wait for all
    #[arg(long, hide = true)]
    steps: Option<usize>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Train a model
    Train(train::TrainArgs),
    /// Judge a model on the held-out part of a text
    Eval(eval::EvalArgs),
    /// Let a model write
    Generate(generate::GenerateArgs),
    /// Show the sizes of a model
    Info(info::InfoArgs),
    /// Measure how fast this machine trains and writes
    Speed(speed::SpeedArgs),
}

/// Does what the command line says.
///
/// # Errors
/// Whatever went wrong, in one line.
pub fn run(cli: Cli) -> Result<(), Error> {
    match cli.command {
        None => default_run::run(cli.steps),
        Some(Command::Train(args)) => train::run(&args),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Generate(args)) => generate::run(&args),
        Some(Command::Info(args)) => info::run(&args),
        Some(Command::Speed(args)) => speed::run(&args),
    }
}

/// Reads a text, and says how it differs from its file. For a model that reads texts from their
/// beginnings, a line that holds only blanks is an empty line.
fn read_text(corpus: &Source, from_beginnings: bool) -> Result<Text, Error> {
    let mut text = Text::load(corpus)?;
    if from_beginnings && !text.is_stories {
        text = text.with_blank_lines_emptied();
    }
    if !text.changes.is_empty() {
        note(format_args!("{corpus}: {}", text.changes.join("; ")));
    }
    Ok(text)
}
