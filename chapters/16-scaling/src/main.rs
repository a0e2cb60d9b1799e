//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured.
//! `cargo run --release -p scaling -- machines DATE` measures how large a batch may be, in some minutes.

mod experiment;

use anyhow::{Result, bail};

const CHAPTER: &str = "scaling";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["machines", date] => experiment::machines::measure(date),
        _ => bail!("say nothing, or `machines` and today's date"),
    }
}

fn report() -> Result<()> {
    experiment::machines::report()
}
