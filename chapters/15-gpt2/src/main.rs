//! The program `gpt2`: see `gpt2 --help`. Without a command it is the experiment of chapter 15.

use gpt2::{Error, commands};
use mini_gpt::program;
use std::process::ExitCode;

fn main() -> ExitCode {
    program::start(commands::run, Error::exit_code)
}
