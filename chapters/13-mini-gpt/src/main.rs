//! The program `mini-gpt`: see `mini-gpt --help`.

use mini_gpt::{Error, commands, program};
use std::process::ExitCode;

fn main() -> ExitCode {
    program::start(commands::run, Error::exit_code)
}
