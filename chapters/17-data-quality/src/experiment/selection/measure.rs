//! The runs: which are made, and how one is.

use super::filter::How;
use super::keep::keep;
use super::pool::Pool;
use super::{CHEAP, COSTLY, OF_EACH, PART, TOKENS};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{Lab, SEEDS, Stream, above};
use anyhow::Result;
use data_quality::dirt::Dirt;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use language_models::story::KINDS;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// One model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// What the dirt was, and who chose.
    pub dirt: String,
    pub filter: String,
    pub seed: u64,
    /// The highest rate of learning.
    pub rate: f64,
    /// Tokens that were read.
    pub tokens: usize,
    /// The area under the filter's curve on this pool.
    pub area: f64,
    /// Texts that were kept, and those among them that are dirt.
    pub kept: usize,
    pub dirty: usize,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// The share of dirt among what was kept.
    pub fn dirt_share(&self) -> f64 {
        self.dirty as f64 / self.kept as f64
    }

    /// Bits a test story above the floor.
    pub fn bits(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// A run that is to be made.
#[derive(Debug, Clone, Copy)]
struct Task {
    dirt: Dirt,
    how: How,
    seed: u64,
}

impl Task {
    /// Whether this is the run that was to be made.
    fn is(&self, run: &Run) -> bool {
        (run.dirt.as_str(), run.filter.as_str(), run.seed)
            == (self.dirt.name(), &self.how.name(), self.seed)
    }

    /// Scores the pool, keeps the best and lets a model read them.
    fn run(self, lab: &Lab<Gpt<LaptopBpe>>) -> Result<Run> {
        let Self { dirt, how, seed } = self;
        let pool = Pool::draw(dirt, OF_EACH, seed)?;
        let scores = how.scores(dirt, &pool, seed)?;
        let texts: Vec<Vec<usize>> = pool.texts.iter().map(|text| lab.as_read(text)).collect();
        let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
        let kept = keep(&scores, &lengths, TOKENS, &mut Stream::Ties(seed).generator());
        let read: Vec<&[usize]> = kept.iter().map(|&(place, tokens)| &texts[place][..tokens]).collect();
        let model = lab.read_tokens(&read, seed, lab.recipe.rate);
        let run = Run {
            dirt: dirt.name().to_owned(),
            filter: how.name(),
            seed,
            rate: lab.recipe.rate,
            tokens: TOKENS,
            area: pool.area(&scores).area,
            kept: kept.len(),
            dirty: kept.iter().filter(|(place, _)| !pool.clean[*place]).count(),
            above: above(&lab.judge(&model, &lab.test)?),
        };
        eprintln!("{}, {}: {:.3}, {:.2} bits", run.dirt, run.filter, run.area, run.bits());
        Ok(run)
    }
}

/// Lets the default run's model, which lies in `folder`, read what each filter keeps, seed by seed.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let mut tasks = Vec::new();
    for seed in SEEDS {
        let costly = COSTLY.1.map(|how| (COSTLY.0, how));
        let cheap = CHEAP.1.map(|how| (CHEAP.0, how));
        for (dirt, how) in costly.into_iter().chain(cheap) {
            tasks.push(Task { dirt, how, seed });
        }
    }
    ledger.fill(PART, &tasks, |run, task| task.is(run), |task| task.run(&lab))
}
