//! The experiment of chapter 17: `cargo run --release -p data-quality` prints and draws what was measured.

mod experiment;

use anyhow::{Result, bail};

const CHAPTER: &str = "data-quality";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "price", date] => experiment::price::measure(date),
        ["measure", "memorisation", date] => experiment::memorisation::measure(date),
        ["measure", "contamination", date] => experiment::contamination::measure(date),
        ["speed", ref rest @ ..] => experiment::speed(rest),
        _ => bail!("say nothing"),
    }
}

fn report() -> Result<()> {
    Ok(())
}
