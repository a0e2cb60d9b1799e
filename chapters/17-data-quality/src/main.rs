//! The experiment of chapter 17: `cargo run --release -p data-quality` prints and draws what is known;
//! `cargo run --release -p data-quality -- measure speed DATE` measures the speed of each stage anew.

mod experiment;

use anyhow::{Result, bail};
use experiment::{filters, near, pipeline, speed};

const CHAPTER: &str = "data-quality";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "speed", date] => speed::measure(date),
        _ => bail!("say nothing, or `measure speed` and today's date"),
    }
}

fn report() -> Result<()> {
    near::report()?;
    let chosen = filters::report()?;
    pipeline::report(chosen)?;
    speed::report()
}
