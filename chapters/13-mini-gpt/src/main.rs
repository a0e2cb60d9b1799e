//! The program `mini-gpt`: see `mini-gpt --help`.

use clap::Parser;
use mini_gpt::commands::{Cli, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            eprintln!("mini-gpt: {}", one_line(&error));
            return ExitCode::from(2);
        }
        // --help and --version.
        Err(error) => error.exit(),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mini-gpt: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// What clap says about a wrong command line, without the usage, as one line.
fn one_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let line = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    format!("{} (see --help)", line.trim_start_matches("error: "))
}
