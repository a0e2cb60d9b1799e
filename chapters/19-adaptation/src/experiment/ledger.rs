//! Runs that were measured, as they are kept beside the chapter: they are saved when they are done, and
//! none is made twice.

use anyhow::Result;
use kernels::measured::{load, processor, save};
use kernels::{Shareable, Workers};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Instant;

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

impl<R: Serialize + DeserializeOwned + Shareable> Ledger<R> {
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

    /// Makes the runs of `jobs` that are not here yet, as many side by side as there are cores, each on a thread of its
    /// own: so none waits for another's part of a step.
    pub fn fill<J: Clone + Shareable + std::fmt::Debug>(
        &mut self,
        part: &str,
        jobs: &[J],
        is: impl Fn(&R, &J) -> bool,
        run: impl Fn(J) -> Result<R> + Shareable,
    ) -> Result<()> {
        let missing: Vec<J> =
            jobs.iter().filter(|job| !self.runs.iter().any(|run| is(run, job))).cloned().collect();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers = Workers::with(cores);
        for jobs in missing.chunks(cores) {
            let begun = Instant::now();
            for found in workers.map(jobs.to_vec(), &run) {
                self.runs.push(found?);
            }
            save(file(part), self)?;
            eprintln!("{:.0} s: {jobs:?}", begun.elapsed().as_secs_f64());
        }
        Ok(())
    }
}
