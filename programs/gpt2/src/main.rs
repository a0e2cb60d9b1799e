//! The program `gpt2`: see `gpt2 --help`.

mod commands;
mod error;

use error::Error;
use mini_gpt::program;
use std::process::ExitCode;

fn main() -> ExitCode {
    program::start(commands::run, Error::exit_code)
}
