//! Many machines: what a ring sends, and how large a batch is worth sharing out.
//! `cargo run --release -p scaling -- machines DATE` measures what `machines.json` does not have yet.

mod noise;
mod races;
mod record;
mod ring;
mod steps;
mod task;

use anyhow::Result;
use kernels::measured::processor;
use record::Study;
use task::Task;

/// Measures what is not measured yet, and keeps each result at once.
pub fn measure(date: &str) -> Result<()> {
    let mut study = Study::load_or_begin()?;
    (study.processor, study.date) = (processor(), date.to_owned());
    let task = Task::load()?;
    races::measure(&mut study, &task)?;
    noise::measure(&mut study, &task)
}

/// Adds up around a ring; prints and draws what is kept.
pub fn report() -> Result<()> {
    ring::report()?;
    let study = Study::load()?;
    println!("\nhow large a batch: {}, {}", study.processor, study.date);
    let tradeoffs = steps::report(&study)?;
    noise::report(&study, &tradeoffs)
}
