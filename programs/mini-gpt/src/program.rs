//! How the book's programs meet people: a wrong command line, like every other error, is one line
//! and an exit status.
//!
//! What a program was asked for goes to standard output, and there one rule holds for every command
//! of every program: a reader who has heard enough and closed the pipe, as `| head` does, ends it in
//! silence and with success; a result that cannot be written for any other reason, a full disk say,
//! is a failure. What it says on the way goes to standard error, and nobody need listen.

use crate::Error;
use clap::{ArgMatches, Command, Parser};
use std::fmt::{Arguments, Display};
use std::io::Write;
use std::process::ExitCode;

/// Runs a program: reads its command line, does what it says, and tells in one line what went
/// wrong. `exit_code` gives the status of an error; a command line that makes no sense ends with 2. Of an error
/// without a message nothing is said: another process says it.
pub fn start<C: Parser, E: Display>(
    run: impl FnOnce(C) -> Result<(), E>,
    exit_code: impl FnOnce(&E) -> u8,
) -> ExitCode {
    let name = C::command().get_name().to_owned();
    let end = |code: u8, message: &dyn Display| {
        let message = message.to_string();
        if code != 0 && !message.is_empty() {
            note(format_args!("{name}: {message}"));
        }
        ExitCode::from(code)
    };
    let read = read(C::command()).and_then(|mut matches| C::from_arg_matches_mut(&mut matches));
    match read {
        Ok(cli) => run(cli).map_or_else(|error| end(exit_code(&error), &error), |()| ExitCode::SUCCESS),
        Err(error) if error.use_stderr() => end(2, &one_line(&error)),
        // --help and --version.
        Err(text) => {
            let printed = text.print().and_then(|()| std::io::stdout().flush()).map_err(Error::Output);
            printed.map_or_else(|error| end(error.exit_code(), &error), |()| ExitCode::SUCCESS)
        }
    }
}

/// Reads the command line. Whatever stands after an option that takes a value is its value, though
/// it begin with a dash: a line of dialogue, a negative number, the name of a file.
fn read(command: Command) -> Result<ArgMatches, clap::Error> {
    fn any_value(command: Command) -> Command {
        let takes_any = |arg: clap::Arg| {
            let takes_values = arg.get_action().takes_values();
            arg.allow_hyphen_values(takes_values)
        };
        command.mut_args(takes_any).mut_subcommands(any_value)
    }
    any_value(command).try_get_matches()
}

/// Prints a line of the result.
///
/// # Errors
/// [`Error::Output`] when it cannot be written.
pub fn say(line: Arguments<'_>) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(Error::Output)
}

/// Says a line on the way, on standard error.
pub fn note(line: Arguments<'_>) {
    // In one piece, so that no other process speaks in the middle of it. `eprintln!` would end the program if
    // nobody listens.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
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
