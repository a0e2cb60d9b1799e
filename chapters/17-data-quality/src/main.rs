//! The experiment of chapter 17: `cargo run --release -p data-quality` prints and draws what is known and what was
//! measured. Words after `--` measure a part anew, and write a file of its name beside the chapter:
//!
//! - `measure speed DATE`: how fast each stage of the pipeline is;
//! - `measure price DATE FOLDER`: what dirt costs the model that `cargo run --release -p mini-gpt` leaves in
//!   `runs/stories`;
//! - `measure filters DATE FOLDER`: what the same model pays for what a filter keeps;
//! - `measure corpus DATE FOLDER`: what models pay that learn from nothing, with dirt and without;
//! - `measure memorisation DATE`: what small models learn by heart;
//! - `measure contamination DATE FOLDER`: when it shows that the same model has seen the test.
//!
//! The last five go on where they were interrupted.

mod experiment;

use anyhow::{Result, bail};
use experiment::{contamination, corpus, filters, memorisation, near, pipeline, price, selection, speed};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "speed", date] => speed::measure(date),
        ["measure", "price", date, folder] => price::measure(date, folder.as_ref()),
        ["measure", "filters", date, folder] => selection::measure(date, folder.as_ref()),
        ["measure", "corpus", date, folder] => corpus::measure(date, folder.as_ref()),
        ["measure", "memorisation", date] => memorisation::measure(date),
        ["measure", "contamination", date, folder] => contamination::measure(date, folder.as_ref()),
        _ => {
            bail!("say nothing, or `measure`, a part and what it asks for: the head of main.rs names them")
        }
    }
}

/// Prints and draws, in the order of the page.
fn report() -> Result<()> {
    near::report()?;
    let chosen = filters::report()?;
    pipeline::report(chosen)?;
    speed::report()?;
    price::report()?;
    selection::report(chosen)?;
    corpus::report()?;
    memorisation::report()?;
    contamination::report()
}
