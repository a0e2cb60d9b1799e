//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured.

mod experiment;

use anyhow::{Result, bail};
use experiment::capacity;

const CHAPTER: &str = "scaling";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["capacity", date] => capacity::measure(date),
        _ => bail!("say nothing, or `capacity` and today's date"),
    }
}

fn report() -> Result<()> {
    capacity::report()
}
