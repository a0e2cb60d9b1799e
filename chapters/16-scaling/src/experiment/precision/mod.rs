//! Fewer bits: what the default model loses by them, which slopes 16 bits flush to zero, and training in
//! them. The words `precision DATE FOLDER` measure what is not in the record yet, with the default run of
//! `mini-gpt` in the folder, which is trained there if it is not.

mod evaluate;
mod flushed;
mod report;
mod train;

use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::sizes::LaptopBpe;
use gpt::train::{Budget, Event};
use gpt::{Gpt, Run, Settings};
use kernels::measured::{self, processor};
use serde::{Deserialize, Serialize};
use std::path::Path;

pub use report::report;

/// What was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    processor: String,
    date: String,
    /// The default model, rounded.
    rounded: Vec<Rounded>,
    /// Bits per character of the best possible model on the same text.
    floor: f64,
    flushed: Vec<Flushed>,
    trained: Vec<Trained>,
}

/// A model, rounded after training.
#[derive(Debug, Serialize, Deserialize)]
struct Rounded {
    weights: String,
    stream: String,
    /// Bytes of the weights.
    bytes: usize,
    bits_per_char: f64,
}

/// What f16 does to slopes that were multiplied by 2^`scale`.
#[derive(Debug, Serialize, Deserialize)]
struct Flushed {
    /// Which model's, and by what.
    slopes: String,
    /// How many there are that are not 0.
    count: usize,
    scale: i32,
    /// The share that becomes 0, and the share that becomes infinite.
    zero: f64,
    infinite: f64,
}

/// One training run.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Trained {
    recipe: String,
    rate: f64,
    seed: u64,
    /// Bits per character; none where the run diverged.
    validation: Option<f64>,
    test: Option<f64>,
    /// The share of numbers that a step left as they were, over the last steps.
    unmoved: f64,
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/precision.json");

impl Record {
    fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}

/// Measures what is not in the record yet.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let mut record = Record::load().unwrap_or_default();
    (record.processor, record.date) = (processor(), date.to_owned());
    if record.rounded.is_empty() || record.flushed.is_empty() {
        let (run, text) = default_run(folder)?;
        (record.rounded, record.floor) = evaluate::rounded(&run, &text);
        record.flushed = flushed::flushed(&run, &text);
        record.save()?;
    }
    train::all(&mut record)
}

type DefaultRun = Run<Gpt<LaptopBpe>>;

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
