//! Measurements: how they are summed up, and how they are kept beside a chapter, since times change
//! from run to run and a page must not.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{Error, Result};
use std::path::Path;

/// The middle one of some numbers, or the mean of the two in the middle.
///
/// ```
/// # use kernels::measured::median;
/// assert_eq!(median(&[5.0, 1.0, 3.0]), 3.0);
/// assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
/// ```
///
/// # Panics
/// When there are none.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lower, upper) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(lower, upper)
}

/// The mean of some numbers, and its standard error: √(Σ (x − mean)² / (n − 1) / n). One number
/// has no spread, and its error is no number.
///
/// ```
/// # use kernels::measured::mean_and_error;
/// assert_eq!(mean_and_error(&[2.0, 4.0]), (3.0, 1.0));
/// ```
pub fn mean_and_error(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// The processor's name, as Linux tells it.
pub fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "an unknown processor".to_owned(), |(_, name)| name.to_owned())
}

/// Reads a file of JSON.
///
/// # Errors
/// When it cannot be read, or holds something else than a `T`; the message names it.
pub fn load<T: DeserializeOwned>(path: impl AsRef<Path>) -> Result<T> {
    let path = path.as_ref();
    let named = |error: &dyn std::fmt::Display| Error::other(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    serde_json::from_str(&text).map_err(|error| named(&error))
}

/// Writes `value` as JSON that people can read.
///
/// # Errors
/// When the file cannot be written.
pub fn save(path: impl AsRef<Path>, value: &impl Serialize) -> Result<()> {
    std::fs::write(path, serde_json::to_string_pretty(value)? + "\n")
}

/// One setting of `cargo x compare-pytorch --save MACHINE`, of which `pytorch.json` beside a chapter is a
/// list.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)] // their names say what they are
pub struct Table {
    /// Where and when it was measured.
    pub machine: String,
    pub name: String,
    /// What one step is.
    pub step: String,
    pub threads: String,
    pub rounds: usize,
    pub rows: Vec<Row>,
}

/// Medians of one program over the rounds.
#[derive(Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Row {
    pub name: String,
    pub milliseconds: f64,
    pub cpu_milliseconds: f64,
    pub tokens_per_second: f64,
    pub peak_mib: f64,
    /// The first row's time as a share of this row's.
    pub ratio: f64,
}
