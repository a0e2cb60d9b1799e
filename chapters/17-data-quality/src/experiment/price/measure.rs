//! The runs: which are made, and how one is.

use super::{DOSES, HALF, MARKED, OTHER_RATES, PART, WARMED, WARMUP};
use super::{all_clean, clean_part, dirty, kinds, marked};
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::{FEW, Lab, READING_ON, above};
use anyhow::Result;
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use language_models::story::KINDS;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// One model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// What the dirt was.
    pub dirt: String,
    /// Whether each dirty text said so at its beginning.
    pub marked: bool,
    /// Clean and dirty texts that were read, and tokens in all of them.
    pub clean: usize,
    pub dirty: usize,
    pub tokens: usize,
    pub seed: u64,
    pub rate: f64,
    /// Over how many steps the rate rose, where that was not a tenth of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warmup: Option<usize>,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Bits a test story above the floor.
    pub fn total(&self) -> f64 {
        self.above.iter().sum()
    }

    /// Whether this is a run of `diet` at this rate, which rose over a tenth of the steps or over so many.
    pub fn is(&self, diet: &Diet, rate: f64, warmup: Option<usize>) -> bool {
        let of = (self.dirt.as_str(), self.marked, self.clean, self.dirty, self.rate, self.warmup);
        of == (diet.beside.name(), diet.marked(), diet.clean, diet.dirty(), rate, warmup)
    }
}

/// Trains the default run's model, which lies in `folder`, further: first what decides, at half dirt and
/// with all seeds; then what is marked; then the other doses, from the highest; then some of the first at
/// other rates; last the clean parts again, with the warm-up of all texts.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let dose = |tenths: usize| -> Vec<Diet> {
        std::iter::once(clean_part(tenths)).chain(kinds(tenths).map(|dirt| dirty(dirt, tenths))).collect()
    };
    let mut runs = Vec::new();
    let mut add = |diets: &[Diet], seeds: &[u64], rate: f64| {
        runs.extend(seeds.iter().flat_map(|&seed| diets.iter().map(move |&diet| (diet, seed, rate))));
    };
    add(&[clean_part(10)], &FEW[..1], READING_ON.rate);
    add(&[all_clean()], &FEW, READING_ON.rate);
    add(&dose(HALF), &FEW, READING_ON.rate);
    add(&MARKED.map(marked), &FEW, READING_ON.rate);
    for tenths in DOSES.into_iter().rev().filter(|&tenths| tenths != HALF) {
        add(&dose(tenths), &FEW, READING_ON.rate);
    }
    for rate in OTHER_RATES {
        add(&[all_clean()], &FEW[..1], rate);
        add(&MARKED.map(|dirt| dirty(dirt, HALF)), &FEW[..1], rate);
    }
    let is = |run: &Run, (diet, seed, rate): &(Diet, u64, f64)| {
        run.seed == *seed && run.is(diet, *rate, lab.warmup)
    };
    ledger.fill(PART, &runs, is, |(diet, seed, rate)| run(&lab, diet, seed, rate))?;
    let lab = lab.warming_up(WARMUP);
    let runs =
        FEW.iter().flat_map(|&seed| WARMED.map(|tenths| (clean_part(tenths), seed, READING_ON.rate)));
    let is = |run: &Run, (diet, seed, rate): &(Diet, u64, f64)| {
        run.seed == *seed && run.is(diet, *rate, lab.warmup)
    };
    ledger.fill(PART, &runs.collect::<Vec<_>>(), is, |(diet, seed, rate)| run(&lab, diet, seed, rate))
}

fn run(lab: &Lab<Gpt<LaptopBpe>>, diet: Diet, seed: u64, rate: f64) -> Result<Run> {
    let texts = diet.texts(seed)?;
    let (above, tokens) = if let Some(untouched) = lab.beginning().filter(|_| texts.is_empty()) {
        (above(&lab.judge(untouched, &lab.test)?), 0)
    } else {
        let (model, tokens) = lab.read(&texts.iter().collect::<Vec<_>>(), seed, rate);
        (above(&lab.judge(&model, &lab.test)?), tokens)
    };
    let run = Run {
        dirt: diet.beside.name().to_owned(),
        marked: diet.marked(),
        clean: diet.clean,
        dirty: diet.dirty(),
        tokens,
        seed,
        rate,
        warmup: lab.warmup,
        above,
    };
    eprintln!("{}, {} clean, {} dirty, seed {seed}: {above:.2?}", run.dirt, run.clean, run.dirty);
    Ok(run)
}
