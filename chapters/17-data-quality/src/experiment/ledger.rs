//! Runs that were measured, as they are kept beside the chapter: each is saved when it is done, and none is made twice.

use anyhow::{Context, Result};
use kernels::measured::{load, processor, save};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// All runs of one part of the experiment.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ledger<R> {
    /// On what, and when it was begun.
    pub processor: String,
    pub date: String,
    pub runs: Vec<R>,
}

/// The file of a part.
fn file(part: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/")).join(part).with_extension("json")
}

impl<R: Serialize + DeserializeOwned> Ledger<R> {
    /// What was measured of `part`.
    pub fn load(part: &str) -> Result<Self> {
        Ok(load(file(part))?)
    }

    /// The same, or an empty one with today's `date`, if nothing was measured yet.
    pub fn open(part: &str, date: &str) -> Result<Self> {
        if file(part).exists() {
            return Self::load(part);
        }
        Ok(Self { processor: processor(), date: date.to_owned(), runs: Vec::new() })
    }

    /// The run that `is` asked for: what is here, or what `run` finds, which is saved.
    pub fn once(&mut self, part: &str, is: impl Fn(&R) -> bool, run: impl FnOnce() -> Result<R>) -> Result<&R> {
        if !self.runs.iter().any(&is) {
            let found = run()?;
            self.runs.push(found);
            save(file(part), self)?;
        }
        self.runs.iter().find(|run| is(run)).context("a run is not what it was asked to be")
    }
}
