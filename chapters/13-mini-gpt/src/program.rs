//! How the book's programs meet people: a wrong command line, like every other error, is one line
//! and an exit status.

use clap::Parser;
use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

/// Runs a program: reads its command line, does what it says, and tells in one line what went
/// wrong. `exit_code` gives the status of an error; a command line that makes no sense ends with 2.
pub fn start<C: Parser, E: Display>(
    run: impl FnOnce(C) -> Result<(), E>,
    exit_code: impl FnOnce(&E) -> u8,
) -> ExitCode {
    let name = C::command().get_name().to_owned();
    let cli = match C::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            eprintln!("{name}: {}", one_line(&error));
            return ExitCode::from(2);
        }
        // --help and --version.
        Err(error) => error.exit(),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::from(exit_code(&error))
        }
    }
}

/// Prints a line. A reader who has heard enough and closed the pipe, as `| head` does, is no reason
/// to fail.
pub fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{line}");
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
