//! What was measured, as it is kept: strings and facts in `capacity.json`, the slopes in `slopes.json`.

use anyhow::Result;
use kernels::measured;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A file of runs, all of one machine.
pub trait Kept: Default + Serialize + DeserializeOwned {
    /// Where it lies.
    const FILE: &str;

    fn load() -> Result<Self> {
        Ok(measured::load(Self::FILE)?)
    }

    fn save(&self) -> Result<()> {
        Ok(measured::save(Self::FILE, self)?)
    }

    /// What there is, or nothing yet. A file that cannot be read is left alone.
    fn load_or_begin() -> Result<Self> {
        if Path::new(Self::FILE).exists() { Self::load() } else { Ok(Self::default()) }
    }
}

/// Runs on strings and on people who are drawn evenly.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Record {
    pub processor: String,
    pub date: String,
    pub strings: Vec<Run<Strings, Saved>>,
    pub facts: Vec<Run<Facts, Saved>>,
    /// What the models at the best rates save of people of another world.
    #[serde(default)]
    pub guesses: Vec<Run<Facts, Guessed>>,
}

impl Kept for Record {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/capacity.json");
}

/// Runs on people of whom some are told about more often than others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Slopes {
    pub processor: String,
    pub date: String,
    pub people: Vec<Run<People, Lost>>,
}

impl Kept for Slopes {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/slopes.json");
}

/// A run: what decides it, and what was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run<Of, Found> {
    #[serde(flatten)]
    pub of: Of,
    #[serde(flatten)]
    pub found: Found,
}

/// A run on random strings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strings {
    /// Of the model.
    pub parameters: usize,
    /// How many there are.
    #[serde(rename = "strings")]
    pub count: usize,
    pub steps: usize,
    pub rate: f64,
    pub seed: u64,
}

/// A run on the people of a world, drawn evenly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub parameters: usize,
    pub people: usize,
    /// Beginnings about each of them, on average.
    pub exposures: usize,
    pub rate: f64,
    pub seed: u64,
}

/// A run on people of whom number r is told about with probability ∝ 1/rˢ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct People {
    pub s: f64,
    /// Beginnings read, each once.
    pub documents: usize,
    pub rate: f64,
    pub seed: u64,
}

/// The bits that a model has learned by heart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    /// As it was trained, in f32.
    pub bits: f64,
    /// Its matrices rounded to 8 bits, and to 4, with a scale for each row.
    pub int8: f64,
    pub int4: f64,
}

/// The bits that a model seems to have learned of texts of which it has read nothing: its lucky guesses.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Guessed {
    /// Of all texts together.
    pub bits: f64,
    /// The standard error of that.
    pub error: f64,
}

/// What facts cost a model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lost {
    /// Bits of a beginning, on average.
    pub bits: f64,
    /// By how often people were told about, in doublings: the mean of that, the mean of what their
    /// facts cost, and how many people they are.
    pub by_exposures: Vec<(f64, f64, usize)>,
}

/// What decides a run: a rate, a seed, and the rest.
pub trait Setting: Clone + PartialEq + std::fmt::Debug + Send + Sync {
    /// The same with another rate and another seed.
    fn with(&self, rate: f64, seed: u64) -> Self;
    fn rate(&self) -> f64;
    fn seed(&self) -> u64;

    /// Whether the two differ in rate and seed only.
    fn like(&self, other: &Self) -> bool {
        self.with(0.0, 0) == other.with(0.0, 0)
    }
}

/// What was found in a run.
pub trait Found: std::fmt::Debug + Send + Sync {
    /// The larger, the better was the rate.
    fn score(&self) -> f64;
}

macro_rules! setting {
    ($($of:ident),+) => {
        $(impl Setting for $of {
            fn with(&self, rate: f64, seed: u64) -> Self {
                Self { rate, seed, ..self.clone() }
            }

            fn rate(&self) -> f64 {
                self.rate
            }

            fn seed(&self) -> u64 {
                self.seed
            }
        })+
    };
}
setting!(Strings, Facts, People);

impl Found for Saved {
    fn score(&self) -> f64 {
        self.bits
    }
}

impl Found for Guessed {
    fn score(&self) -> f64 {
        -self.bits
    }
}

impl Found for Lost {
    fn score(&self) -> f64 {
        -self.bits
    }
}

/// The rates that were tried for a setting with its seed, from the lowest, and what each found.
pub fn tried<'a, Of: Setting, F>(runs: &'a [Run<Of, F>], of: &Of) -> Vec<(f64, &'a F)> {
    let own = runs.iter().filter(|run| run.of.like(of) && run.of.seed() == of.seed());
    let mut found: Vec<(f64, &F)> = own.map(|run| (run.of.rate(), &run.found)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

/// The runs of a setting by their seeds, at the best rate that was tried for `judge`.
pub fn chosen<'a, Of: Setting, F: Found>(runs: &'a [Run<Of, F>], of: &Of, judge: &Of) -> Vec<&'a F> {
    let found = tried(runs, judge);
    let rate = best(&found).map(|place| found[place].0);
    let is = |run: &&Run<Of, F>| run.of.like(of) && Some(run.of.rate()) == rate;
    let mut own: Vec<&Run<Of, F>> = runs.iter().filter(is).collect();
    own.sort_by_key(|run| run.of.seed());
    own.iter().map(|run| &run.found).collect()
}

/// The place of the best among rates that were tried.
pub fn best<F: Found>(tried: &[(f64, &F)]) -> Option<usize> {
    (0..tried.len()).max_by(|a, b| tried[*a].1.score().total_cmp(&tried[*b].1.score()))
}

/// Numbers as they are printed, one after the other.
pub fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{number:.2}")).collect::<Vec<_>>().join(" ")
}
