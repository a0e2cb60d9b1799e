//! Runs that were measured, as they are kept beside the chapter: they are saved when they are done, and
//! none is made twice.

use anyhow::Result;
use gpt::fs::replace;
use kernels::measured::{load, processor};
use kernels::{Shareable, Workers};
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

/// Whether anything was measured of a part.
pub fn is_kept(part: &str) -> bool {
    file(part).exists()
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

    /// Writes the file, a line for each run: of thousands of numbers none needs a line of its own.
    fn save(&self, part: &str) -> Result<()> {
        let runs = self.runs.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let [processor, date] =
            [&self.processor, &self.date].map(|word| serde_json::Value::from(word.as_str()));
        let head = format!("\"processor\": {processor},\n  \"date\": {date},\n  \"runs\": [\n");
        let text = format!("{{\n  {head}{}\n  ]\n}}\n", runs.join(",\n"));
        Ok(replace(&file(part), text.as_bytes())?)
    }

    /// Makes the runs of `jobs` that are not here yet, two side by side, each on a thread of its own: so
    /// neither waits for the other's part of a step.
    pub fn fill<J: Clone + Shareable>(
        &mut self,
        part: &str,
        jobs: &[J],
        is: impl Fn(&R, &J) -> bool,
        run: impl Fn(J) -> Result<R> + Shareable,
    ) -> Result<()> {
        let missing: Vec<J> =
            jobs.iter().filter(|job| !self.runs.iter().any(|run| is(run, job))).cloned().collect();
        let workers = Workers::with(2);
        for pair in missing.chunks(2) {
            for found in workers.map(pair.to_vec(), &run) {
                self.runs.push(found?);
            }
            self.save(part)?;
        }
        Ok(())
    }
}

/// A number with as many digits as are looked at: a file of thousands of them stays small.
pub fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}
