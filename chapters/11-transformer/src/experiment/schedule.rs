//! The learning rate of 2017 as a figure.

use super::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use transformer::rate_2017;

/// The learning rate of 2017.
pub fn schedule() -> Result<()> {
    let steps = || (1..=200).map(|i| i * 100);
    let chart = Chart::new("The learning rate of 2017 (model of 512, warm-up of 4000)", "step", "rate")
        .line("", steps().map(|step| (step as f64, rate_2017(step, 512, 4000))));
    Ok(save(CHAPTER, "schedule", &chart.draw()?)?)
}
