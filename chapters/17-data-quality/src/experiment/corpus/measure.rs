//! The runs: which are made, and how one is.

use super::PART;
use super::line::Line;
use super::plan::{next_rates, rate};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{FEW, Lab, above};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use language_models::story::KINDS;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    /// What it has read.
    pub line: String,
    pub seed: u64,
    /// The highest rate of learning.
    pub rate: f64,
    /// Tokens and texts that were read, and the texts among them that are dirt.
    pub tokens: usize,
    pub texts: usize,
    pub dirty: usize,
    /// Bits a validation story above the floor, for choosing a rate; none of older runs, at the rate that was
    /// chosen later.
    pub validation: Option<f64>,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Whether this is the run that was to be made.
    pub fn is(&self, job: Job) -> bool {
        (self.line.as_str(), self.seed, self.rate) == (job.line.name(), job.seed, job.rate)
    }

    /// The share of dirt among the texts that were read.
    pub fn dirt_share(&self) -> f64 {
        self.dirty as f64 / self.texts as f64
    }

    /// Bits a test story above the floor.
    pub fn bits(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// A run that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    pub line: Line,
    pub seed: u64,
    pub rate: f64,
}

/// Trains the models: first each line at several rates, with one seed, then with all seeds at the best of
/// them. The folder of the default run is needed for its tokens.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::from_nothing(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let fill = |ledger: &mut Ledger<Run>, jobs: &[Job]| {
        ledger.fill(PART, jobs, |run, job| run.is(*job), |job| run(&lab, job))
    };
    loop {
        let jobs: Vec<Job> = Line::EACH.into_iter().flat_map(|line| next_rates(&ledger, line)).collect();
        if jobs.is_empty() {
            break;
        }
        fill(&mut ledger, &jobs)?;
    }
    let mut jobs = Vec::new();
    for seed in FEW {
        for line in Line::EACH {
            jobs.push(Job { line, seed, rate: rate(&ledger, line)? });
        }
    }
    fill(&mut ledger, &jobs)
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, Job { line, seed, rate }: Job) -> Result<Run> {
    let pool = Line::pool(seed)?;
    let texts: Vec<Vec<usize>> = pool.texts.iter().map(|text| lab.as_read(text)).collect();
    let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
    let places = line.read(&pool, &lengths, seed)?;
    let read: Vec<&[usize]> = places.iter().map(|&(place, tokens)| &texts[place][..tokens]).collect();
    let model = lab.read_tokens(&read, seed, rate);
    let bits = |stories: &[String]| Ok::<_, anyhow::Error>(above(&lab.judge(&model, stories)?));
    let run = Run {
        line: line.name().to_owned(),
        seed,
        rate,
        tokens: read.iter().map(|text| text.len()).sum(),
        texts: read.len(),
        dirty: places.iter().filter(|(place, _)| !pool.clean[*place]).count(),
        validation: Some(bits(&lab.validation)?.iter().sum()),
        above: bits(&lab.test)?,
    };
    eprintln!("{}, seed {seed}, rate {rate}: {:.2} bits", run.line, run.bits());
    Ok(run)
}
