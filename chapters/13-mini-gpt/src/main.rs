//! The program `mini-gpt`: see `mini-gpt --help`.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match mini_gpt::commands::run(mini_gpt::commands::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mini-gpt: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
