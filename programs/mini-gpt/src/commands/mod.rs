//! The command line: what each command does stands in a file of its own.

mod align;
mod default_run;
mod eval;
mod finetune;
mod generate;
mod info;
mod speed;
mod text;
mod train;

use crate::processes;
use clap::{Parser, Subcommand};
use mini_gpt::Error;

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
    /// Change a trained model by rewards or preferences
    Align(align::AlignArgs),
    /// Teach a trained model something new, by examples
    Finetune(finetune::FinetuneArgs),
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
    if !matches!(cli.command, Some(Command::Train(_))) {
        processes::only_one()?;
    }
    match cli.command {
        None => default_run::run(cli.steps),
        Some(Command::Train(args)) => train::run(&args),
        Some(Command::Eval(args)) => eval::run(&args),
        Some(Command::Align(args)) => align::run(&args),
        Some(Command::Finetune(args)) => finetune::run(&args),
        Some(Command::Generate(args)) => generate::run(&args),
        Some(Command::Info(args)) => info::run(&args),
        Some(Command::Speed(args)) => speed::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn pages_give_it_what_it_understands() {
        let wrong = checks::commands::misunderstood("mini-gpt", &Cli::command());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
