//! Fewer bits: what the default model loses by them, which slopes 16 bits flush to zero, and training in
//! them. The words `precision DATE FOLDER` measure what is not in the record yet, with the default run of
//! `mini-gpt` in the folder, which is trained there if it is not.

mod evaluate;
mod flushed;
mod recipes;
mod record;
mod report;
mod train;
mod way_back;

use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::Settings;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::train::{Budget, Event};
use kernels::measured::processor;
use record::{DefaultRun, Machine, Record};
use std::path::Path;

/// Measures what is not in the record yet.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let mut record = Record::load().unwrap_or_default();
    let machine = Machine { processor: processor(), date: date.to_owned() };
    if record.rounded.is_empty() || record.flushed.is_empty() {
        let (run, text) = default_run(folder)?;
        (record.rounded, record.floor) = evaluate::rounded(&run, &text);
        record.flushed = flushed::flushed(&run, &text);
        record.machine = machine.clone();
        record.save()?;
    }
    train::all(&mut record, &machine)
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let record = Record::load()?;
    let Machine { processor, date } = &record.machine;
    println!("\nfewer bits: {processor}, {date}");
    report::report(&record)?;
    way_back::report(&record.trained)
}

/// The run that `mini-gpt` makes without arguments, and its text.
fn default_run(folder: &Path) -> Result<(DefaultRun, Text)> {
    let (text, device) = (Text::load(&Source::Stories)?, Cpu::default());
    let mut run = if Checkpoint::is_in(folder) {
        Checkpoint::read(folder)?.restore(&device)?
    } else {
        DefaultRun::new(Settings::stories(), &text, &device)?
    };
    let budget = Budget::Steps(run.settings.steps);
    gpt::train::train::<_, _, anyhow::Error>(&mut run, &text, folder, budget, |event| {
        if let Event::Evaluated { history } = event {
            eprintln!("{:?}", history.last());
        }
        Ok(())
    })?;
    Ok((run, text))
}
