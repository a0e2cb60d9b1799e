//! The experiment of chapter 16: `cargo run --release -p scaling` prints and draws what was measured. Words after
//! `--` measure a part anew and keep it beside the chapter:
//!
//! - `precision DATE FOLDER`: rounded numbers, after training and in it; the folder is that of the default
//!   run of `mini-gpt`;
//! - `law DATE`: the runs of the law that are not kept yet, each saved when it ends; `law rates DATE` tries the
//!   rates of two sizes on a larger budget; `law look DATE FOLDER`
//!   judges the checkpoints of the default run in a folder (the run keeps its last three: link them away to
//!   have more); `law small` makes eight runs for you, in a minute or two, and keeps nothing;
//! - `capacity DATE`: what small models keep of random strings and of a world's people; `slopes DATE`: how their
//!   loss falls with what they read of a larger one's;
//! - `machines DATE`: how large a batch may be.

mod experiment;

use anyhow::{Result, bail};
use experiment::{capacity, cost, kinds, law, machines, precision};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(),
        ["precision", date, folder] => precision::measure(date, folder.as_ref()),
        ["law", "small"] => law::measure::small(),
        ["law", "look", date, folder] => law::measure::look(date, folder.as_ref()),
        ["law", "rates", date] => law::measure::later_rates(date),
        ["law", date] => law::measure::measure(date),
        ["capacity", date] => capacity::measure(date),
        ["slopes", date] => capacity::measure_slopes(date),
        ["machines", date] => machines::measure(date),
        _ => bail!("say nothing, or what is to be measured: the head of main.rs names the words"),
    }
}

/// Prints and draws, in the order of the pages.
fn report() -> Result<()> {
    cost::report()?;
    precision::report()?;
    law::report()?;
    kinds::report()?;
    capacity::report()?;
    machines::report()
}
