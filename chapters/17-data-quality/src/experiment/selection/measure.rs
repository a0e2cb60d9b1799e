//! The runs: which are made, and how one is.

use super::filter::How;
use super::keep::keep;
use super::pool::Pool;
use super::{CHEAP, COSTLY, OF_EACH, PART, SEEDS, TOKENS};
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{Lab, READING_ON, above};
use anyhow::{Result, ensure};
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
    /// The area under the curve on this pool.
    pub area: f64,
    /// Texts that were kept, those among them that are dirt, and the tokens of all.
    pub kept: usize,
    pub dirty: usize,
    pub tokens: usize,
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

impl Ledger<Run> {
    /// The runs of a filter, by seed.
    pub fn runs_of(&self, dirt: Dirt, how: How) -> Result<Vec<&Run>> {
        let is = |run: &&Run| run.dirt == dirt.name() && run.filter == how.name();
        let mut runs: Vec<&Run> = self.runs.iter().filter(is).collect();
        runs.sort_by_key(|run| run.seed);
        let (dirt, name) = (dirt.name(), how.name());
        ensure!(
            runs.len() == SEEDS.len(),
            "{name} on {dirt} was not measured with every seed: `measure {PART}`"
        );
        Ok(runs)
    }
}

/// Lets the default run's model, which lies in `folder`, read what each filter keeps, seed by seed.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let choices: Vec<(Dirt, How)> =
        COSTLY.1.map(|how| (COSTLY.0, how)).into_iter().chain(CHEAP.1.map(|how| (CHEAP.0, how))).collect();
    let jobs: Vec<(Dirt, How, u64)> = SEEDS
        .into_iter()
        .flat_map(|seed| choices.iter().map(move |&(dirt, how)| (dirt, how, seed)))
        .collect();
    let is = |run: &Run, (dirt, how, seed): &(Dirt, How, u64)| {
        run.dirt == dirt.name() && run.filter == how.name() && run.seed == *seed
    };
    ledger.fill(PART, &jobs, is, |(dirt, how, seed)| run(&lab, dirt, how, seed))
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, dirt: Dirt, how: How, seed: u64) -> Result<Run> {
    let pool = Pool::draw(dirt, OF_EACH, seed)?;
    let scores = how.scores(dirt, &pool, seed)?;
    let texts: Vec<Vec<usize>> = pool.texts.iter().map(|text| lab.as_read(text)).collect();
    let kept = keep(&scores, &texts.iter().map(Vec::len).collect::<Vec<_>>(), TOKENS);
    let read: Vec<&[usize]> = kept.iter().map(|&(place, tokens)| &texts[place][..tokens]).collect();
    let model = lab.read_tokens(&read, seed, READING_ON.rate);
    let run = Run {
        dirt: dirt.name().to_owned(),
        filter: how.name(),
        seed,
        area: pool.area(&scores).area,
        kept: kept.len(),
        dirty: kept.iter().filter(|(place, _)| !pool.clean[*place]).count(),
        tokens: kept.iter().map(|(_, tokens)| tokens).sum(),
        above: above(&lab.judge(&model, &lab.test)?),
    };
    eprintln!(
        "{}, {}, seed {seed}: area {:.3}, {} of {} dirty, {:.2} bits",
        run.dirt,
        run.filter,
        run.area,
        run.dirty,
        run.kept,
        run.bits()
    );
    Ok(run)
}
