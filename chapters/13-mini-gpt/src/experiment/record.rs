//! What was measured, as it is kept beside the chapter: a training run takes minutes, and a page
//! must not wait for it.

use anyhow::Result;
use gpt::run::Record;
use kernels::measured;
use serde::{Deserialize, Serialize};

/// One round of measurements.
#[derive(Debug, Serialize, Deserialize)]
pub struct Study {
    pub processor: String,
    pub date: String,
    pub run: Stories,
    pub tricks: Vec<Trial>,
    /// What led to the default run's settings.
    #[serde(default)]
    pub choices: Vec<Trial>,
    /// Only for those who have the file.
    pub shakespeare: Vec<Trial>,
}

/// The run that needs no arguments.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stories {
    pub parameters: usize,
    pub seconds: f64,
    pub history: Vec<Record>,
    /// Along the story, a hundred characters at a time.
    pub places: Vec<Share>,
    pub kinds: Vec<Share>,
    /// Stories that were read for the two lists above.
    pub read: usize,
}

/// What some of the characters cost, all stories together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Share {
    pub name: String,
    pub characters: usize,
    /// Bits by the model, and by one that knows the grammar.
    pub bits: f64,
    pub floor: f64,
}

/// A setting and the held-out loss of each seed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Trial {
    pub name: String,
    pub losses: Vec<f64>,
}

impl Trial {
    /// The middle one.
    pub fn median(&self) -> f64 {
        measured::median(&self.losses)
    }
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measured.json");

impl Study {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}
