//! The experiment of chapter 18: `cargo run --release -p interpretability` prints and draws what was measured. Words
//! after `--` measure a part anew, and write a file of its name beside the chapter:
//!
//! - `measure cliff DATE`: models of two layers and of one, looked into while they learn;
//! - `measure heads DATE`: what each head of the trained ones looks at, writes and is needed for;
//! - `measure lens DATE`: what they know behind each half of a block;
//! - `measure probes DATE FOLDER`, `measure steering DATE FOLDER`, `measure explanations DATE FOLDER` and
//!   `measure dictionary DATE FOLDER`: what can be read off the model that
//!   `cargo run --release -p mini-gpt` leaves in `runs/stories`, moved in it, and found in it.
//!
//! All go on where they were interrupted.

mod experiment;

use anyhow::{Result, bail};
use experiment::{cliff, dictionary, explanations, heads, lens, probes, steering};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "cliff", date] => cliff::measure(date),
        ["measure", "heads", date] => heads::measure(date),
        ["measure", "lens", date] => lens::measure(date),
        ["measure", "probes", date, folder] => probes::measure(date, folder.as_ref()),
        ["measure", "steering", date, folder] => steering::measure(date, folder.as_ref()),
        ["measure", "explanations", date, folder] => explanations::measure(date, folder.as_ref()),
        ["measure", "dictionary", date, folder] => dictionary::measure(date, folder.as_ref()),
        _ => {
            bail!("say nothing, or `measure`, a part and what it asks for: the head of main.rs names them")
        }
    }
}

/// Prints and draws, in the order of the page.
fn report() -> Result<()> {
    lens::report()?;
    cliff::report()?;
    heads::report()?;
    probes::report()?;
    steering::report()?;
    explanations::report()?;
    dictionary::report()
}
