//! The experiment of chapter 19: `cargo run --release -p adaptation` prints and draws what was measured. Words after
//! `--` measure a part anew, and keep it in a file of its name beside the chapter: `measure PART DATE FOLDER`, where
//! the folder is that of the default run of `mini-gpt`, `runs/stories`. The parts:
//!
//! - `instructions`: how well instructions are followed, by number of examples;
//! - `forgetting`: what is forgotten, and what prevents it;
//! - `rank`: the rank of an adapter against the bits to be learned;
//! - `frontier`: validity, divergence and diversity of every method, and pass@k;
//! - `gaming`: a reward that can be gamed.
//!
//! All go on where they were interrupted.

mod experiment;

use anyhow::{Result, bail};
use experiment::{forgetting, frontier, gaming, instructions, rank};
use std::path::Path;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "instructions", date, folder] => instructions::measure(date, folder.as_ref()),
        ["measure", "forgetting", date, folder] => forgetting::measure(date, folder.as_ref()),
        ["measure", "rank", date, folder] => rank::measure(date, folder.as_ref()),
        ["measure", "frontier", date, folder] => frontier::measure(date, folder.as_ref()),
        ["measure", "gaming", date, folder] => gaming::measure(date, folder.as_ref()),
        _ => bail!(
            "say nothing, or `measure`, a part, the date and a folder: the head of main.rs names the parts"
        ),
    }
}

/// A part, and what prints and draws it.
type Part = (&'static str, fn() -> Result<()>);

/// Prints and draws what was measured, in the order of the page.
fn report() -> Result<()> {
    let parts: [Part; 5] = [
        ("instructions", instructions::report),
        ("forgetting", forgetting::report),
        ("rank", rank::report),
        ("frontier", frontier::report),
        ("gaming", gaming::report),
    ];
    for (part, report) in parts {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(part).with_extension("json");
        if file.exists() {
            report()?;
        } else {
            println!("{part}: not measured yet");
        }
    }
    Ok(())
}
