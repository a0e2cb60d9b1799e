//! What was measured, as it is kept in `dictionary.json`.

use serde::{Deserialize, Serialize};

pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionary.json");

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub processor: String,
    pub date: String,
    /// Vectors that the dictionaries learn from: of every token of some stories.
    pub vectors: usize,
    /// Stories by which features are chosen, and others by which they are judged: all their tokens.
    pub choose: usize,
    pub judge: usize,
    /// Things that were told often enough in both to be judged.
    pub things: usize,
    /// Bits a story with the stream as it is, and with its mean in its place.
    pub bits: f64,
    pub bits_mean: f64,
    pub sizes: Vec<Size>,
    /// The same judgement of what is no dictionary.
    pub others: Vec<Other>,
    /// Of the rows that dictionaries begin with, the share that have a twin in what another seed begins
    /// with.
    pub twins_at_first: f64,
}

/// The dictionaries of one size.
#[derive(Debug, Serialize, Deserialize)]
pub struct Size {
    pub features: usize,
    pub k: usize,
    /// Rates that were tried with the first seed, and the share of the variance that came back of the
    /// stories that choose. The best of them serves all seeds.
    pub rates: Vec<(f64, f64)>,
    pub dictionaries: Vec<Dictionary>,
}

/// A dictionary that was learned.
#[derive(Debug, Serialize, Deserialize)]
pub struct Dictionary {
    pub seed: u64,
    /// The share of the stream's variance that comes back.
    pub explained: f64,
    /// Features that are never active in the stories that judge.
    pub dead: usize,
    /// Bits a story if only the code is passed on.
    pub bits: f64,
    pub coverage: Coverage,
    /// Of its features that are alive, the share that have a twin in the dictionary of the first seed: a
    /// cosine above 0.9. None for the first seed.
    pub twins: Option<f64>,
}

/// What is no dictionary.
#[derive(Debug, Serialize, Deserialize)]
pub struct Other {
    pub name: String,
    pub coverage: Coverage,
}

/// How well the best feature tells each thing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Coverage {
    /// The mean F₁ of all things; of words, and of sentences.
    pub all: f64,
    pub words: f64,
    pub sentences: f64,
    /// The share of things with an F₁ above 0.9.
    pub clear: f64,
    /// For each beat of a story the mean of its things.
    pub beats: Vec<f64>,
}
