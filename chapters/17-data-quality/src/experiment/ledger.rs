//! Runs that were measured, as they are kept beside the chapter: they are saved when they are done, and
//! none is made twice.

use anyhow::Result;
use kernels::measured::{load, processor, save};
use kernels::{Shareable, Workers};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

/// All runs of one part of the experiment, by where and when they were made.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger<R>(Vec<Session<R>>);

/// The runs of a machine and a day.
#[derive(Debug, Serialize, Deserialize)]
struct Session<R> {
    processor: String,
    date: String,
    runs: Vec<R>,
}

/// The file of a part.
fn file(part: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/")).join(part).with_extension("json")
}

impl<R: Serialize + DeserializeOwned + Shareable> Ledger<R> {
    /// What was measured of `part`.
    pub fn load(part: &str) -> Result<Self> {
        Ok(load(file(part))?)
    }

    /// The same, or an empty one if nothing was measured yet; what is made from now on is of this `date`.
    pub fn open(part: &str, date: &str) -> Result<Self> {
        let mut ledger = if file(part).exists() { Self::load(part)? } else { Self(Vec::new()) };
        let processor = processor();
        if ledger.0.last().is_none_or(|last| (&*last.processor, &*last.date) != (&processor, date)) {
            ledger.0.push(Session { processor, date: date.to_owned(), runs: Vec::new() });
        }
        Ok(ledger)
    }

    /// All runs, wherever they were made.
    pub fn runs(&self) -> impl Iterator<Item = &R> {
        self.0.iter().flat_map(|session| &session.runs)
    }

    /// Makes the runs of `jobs` that are not here yet, two side by side, each on a thread of its own: so
    /// neither waits for the other's part of a step.
    ///
    /// # Panics
    /// When the ledger was not [opened](Self::open).
    pub fn fill<J: Clone + Shareable>(
        &mut self,
        part: &str,
        jobs: &[J],
        is: impl Fn(&R, &J) -> bool,
        run: impl Fn(J) -> Result<R> + Shareable,
    ) -> Result<()> {
        let missing: Vec<J> =
            jobs.iter().filter(|job| !self.runs().any(|run| is(run, job))).cloned().collect();
        let workers = Workers::with(2);
        for pair in missing.chunks(2) {
            for found in workers.map(pair.to_vec(), &run) {
                self.0.last_mut().expect("an open ledger has a session").runs.push(found?);
            }
            save(file(part), self)?;
        }
        Ok(())
    }
}

/// Where and when: of each session its machine, its day and how many runs.
impl<R> Display for Ledger<R> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        for (i, Session { processor, date, runs }) in self.0.iter().enumerate() {
            let comma = if i > 0 { "; " } else { "" };
            write!(f, "{comma}{} runs on {processor}, {date}", runs.len())?;
        }
        Ok(())
    }
}
