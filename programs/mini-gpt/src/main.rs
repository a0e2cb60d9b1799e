//! The program `mini-gpt`: see `mini-gpt --help`.

mod chart;
mod commands;
mod processes;
mod report;
mod sizes;

use mini_gpt::{Error, program};
use std::process::ExitCode;

fn main() -> ExitCode {
    program::start(commands::run, Error::exit_code)
}
