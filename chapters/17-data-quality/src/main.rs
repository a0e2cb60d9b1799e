//! The experiment of chapter 17: `cargo run --release -p data-quality` prints and draws what was measured.
//! `cargo run --release -p data-quality -- measure price DATE runs/stories` measures the price of dirt
//! anew, with the model that `cargo run --release -p mini-gpt` leaves in `runs/stories`; so does
//! `measure contamination`; `measure memorisation DATE` needs no model. Each goes on where it was
//! interrupted, and writes a file of its name.

mod experiment;

use anyhow::{Result, bail};

const CHAPTER: &str = "data-quality";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "price", date, folder] => experiment::price::measure(date, folder.as_ref()),
        ["measure", "memorisation", date] => experiment::memorisation::measure(date),
        ["measure", "contamination", date, folder] => {
            experiment::contamination::measure(date, folder.as_ref())
        }
        _ => bail!("say nothing, or `measure`, a part, today's date and, but for memorisation, a folder"),
    }
}

fn report() -> Result<()> {
    experiment::price::report()?;
    experiment::memorisation::report()?;
    experiment::contamination::report()
}
