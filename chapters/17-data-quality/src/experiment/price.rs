//! What dirt costs: five kinds, by dose, by what is no longer known.

use super::ledger::Ledger;
use super::setup::{DOCUMENTS, Lab, Model, RATE, SEEDS, Stream, above};
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::judge::KINDS;
use rand::Rng;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

const PART: &str = "price";
/// Of ten texts that are read, so many are dirt.
const TENTHS: [usize; 3] = [1, 3, 5];
/// The rates of the grid.
const RATES: [f64; 3] = [RATE / 2.0, RATE, RATE * 2.0];
/// Near copies are copies of so few stories.
const POOL: usize = 20;
/// What stands before each dirty text where dirt is marked.
const TAG: &str = "Dirt: ";
/// Runs without dirt are called so.
const CLEAN: &str = "clean";

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
    /// Bits a validation story above the floor: for choosing a rate.
    pub validation: f64,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
}

impl Run {
    /// Bits a test story above the floor.
    pub fn total(&self) -> f64 {
        self.above.iter().sum()
    }
}

/// What is to be read.
#[derive(Debug, Clone, Copy)]
struct Diet {
    dirt: Option<Dirt>,
    marked: bool,
    clean: usize,
    dirty: usize,
}

impl Diet {
    /// Nothing but clean stories.
    fn clean(clean: usize) -> Self {
        Self { dirt: None, marked: false, clean, dirty: 0 }
    }

    /// So many tenths of dirt.
    fn dirty(dirt: Dirt, tenths: usize, marked: bool) -> Self {
        let dirty = DOCUMENTS * tenths / 10;
        Self { dirt: Some(dirt), marked, clean: DOCUMENTS - dirty, dirty }
    }

    fn name(&self) -> &'static str {
        self.dirt.map_or(CLEAN, Dirt::name)
    }

    /// The texts, in the order of reading.
    fn texts(&self, seed: u64) -> Result<Vec<String>> {
        let mut texts = Stream::Clean(seed).stories(self.clean);
        if let Some(dirt) = self.dirt {
            let mut rng = Stream::Dirt(seed).generator();
            let stories = Stream::Spoilt(seed).stories(self.dirty);
            for story in &stories {
                let story = if dirt == Dirt::NearCopy { &stories[rng.gen_range(0..POOL)] } else { story };
                let spoilt = dirt.spoil(story, &mut rng)?;
                texts.push(if self.marked { format!("{TAG}{spoilt}") } else { spoilt });
            }
        }
        texts.shuffle(&mut Stream::Order(seed).generator());
        Ok(texts)
    }
}

/// Trains all models: first a grid of rates with one seed, then everything at the one rate with all.
pub fn measure(date: &str) -> Result<()> {
    let lab = Lab::new()?;
    let mut ledger = Ledger::open(PART, date)?;
    let mut runs = Vec::new();
    let half = || Dirt::ALL.into_iter().map(|dirt| Diet::dirty(dirt, 5, false));
    for rate in RATES {
        let diets = [Diet::clean(DOCUMENTS), Diet::clean(DOCUMENTS / 2)].into_iter().chain(half());
        runs.extend(diets.map(|diet| (diet, SEEDS[0], rate)));
    }
    for seed in SEEDS {
        let mut diets: Vec<Diet> =
            [10, 9, 7, 5].map(|tenths| Diet::clean(DOCUMENTS * tenths / 10)).to_vec();
        for tenths in TENTHS.into_iter().rev() {
            diets.extend(Dirt::ALL.map(|dirt| Diet::dirty(dirt, tenths, false)));
        }
        diets.extend(Dirt::ALL.map(|dirt| Diet::dirty(dirt, 5, true)));
        runs.extend(diets.into_iter().map(|diet| (diet, seed, RATE)));
    }
    for (diet, seed, rate) in runs {
        let is = |run: &Run| {
            let of = (run.marked, run.clean, run.dirty, run.seed);
            run.dirt == diet.name() && of == (diet.marked, diet.clean, diet.dirty, seed) && run.rate == rate
        };
        ledger.once(PART, is, || run(&lab, diet, seed, rate))?;
    }
    Ok(())
}

fn run(lab: &Lab, diet: Diet, seed: u64, rate: f64) -> Result<Run> {
    let texts = diet.texts(seed)?;
    let (model, tokens): (Model, usize) = lab.read(&texts.iter().collect::<Vec<_>>(), seed, rate);
    let validation: f64 = above(&lab.judge(&model, &lab.validation)?).iter().sum();
    let above = above(&lab.judge(&model, &lab.test)?);
    let Diet { marked, clean, dirty, .. } = diet;
    let run = Run { dirt: diet.name().to_owned(), marked, clean, dirty, tokens, seed, rate, validation, above };
    eprintln!("{} {}, {dirty} dirty: {validation:.2}, {:.1?}", run.dirt, if marked { "marked" } else { "" }, above);
    Ok(run)
}
