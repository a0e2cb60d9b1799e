//! The experiment of chapter 18: `cargo run --release -p interpretability` prints and draws what was measured. Words
//! after `--` measure a part anew, and write a file of its name beside the chapter:
//!
//! - `measure cliff DATE STEPS`: models of four blocks and of one, looked into while they learn. `STEPS` is a folder
//!   with the checkpoints of the default run, which `mini-gpt` makes and removes: copy them while it trains;
//! - `measure heads DATE`: what each head of the trained ones looks at, writes and is needed for;
//! - `measure lens DATE`: what they know behind each half of a block;
//! - `measure patching DATE`: by which way a word comes to the place where it is told again;
//! - `measure probes DATE FOLDER`, `measure steering DATE FOLDER`, `measure explanations DATE FOLDER` and
//!   `measure dictionary DATE FOLDER`: what can be read off the model that
//!   `cargo run --release -p mini-gpt` leaves in `runs/stories`, moved in it, and found in it.
//!
//! All go on where they were interrupted.

mod experiment;

use anyhow::{Result, bail};
use experiment::{cliff, dictionary, explanations, heads, ledger, lens, patching, probes, steering};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["measure", "cliff", date, steps] => cliff::measure(date, steps.as_ref()),
        ["measure", "heads", date] => heads::measure(date),
        ["measure", "lens", date] => lens::measure(date),
        ["measure", "patching", date] => patching::measure(date),
        ["measure", "probes", date, folder] => probes::measure(date, folder.as_ref()),
        ["measure", "steering", date, folder] => steering::measure(date, folder.as_ref()),
        ["measure", "explanations", date, folder] => explanations::measure(date, folder.as_ref()),
        ["measure", "dictionary", date, folder] => dictionary::measure(date, folder.as_ref()),
        _ => {
            bail!("say nothing, or `measure`, a part and what it asks for: the head of main.rs names them")
        }
    }
}

/// A part of the experiment, by the name of the file in which it is kept.
type Part = (&'static str, fn() -> Result<()>);

/// In the order of the page.
const PARTS: [Part; 8] = [
    ("lens", lens::report),
    ("cliff", cliff::report),
    ("heads", heads::report),
    ("patching", patching::report),
    ("probes", probes::report),
    ("steering", steering::report),
    ("explanations", explanations::report),
    ("dictionary", dictionary::report),
];

/// Prints and draws what was measured.
fn report() -> Result<()> {
    for (name, report) in PARTS {
        if ledger::is_kept(name) {
            report()?;
        } else {
            println!("\n{name}: not measured yet");
        }
    }
    Ok(())
}
