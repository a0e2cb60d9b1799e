//! The loss by step, drawn: `loss.svg` in the folder of a run.

use figures::Chart;
use gpt::fs::replace;
use gpt::run::Record;
use mini_gpt::Error;
use std::path::Path;

/// Draws the evaluations of a run into its folder.
///
/// # Errors
/// When the file cannot be written.
pub fn draw(history: &[Record], folder: &Path) -> Result<(), Error> {
    if history.is_empty() {
        return Ok(());
    }
    let curve = |f: fn(&Record) -> f64| history.iter().map(move |r| (r.step as f64, f(r)));
    // Characters are counted in the held-out text; a token of the training text stands for as many.
    let training = |r: &Record| r.train_loss * r.bits_per_char / r.val_loss;
    let mut chart = Chart::new("Loss by step", "step", "bits per character")
        .line("training", curve(training))
        .line("held out", curve(|r| r.bits_per_char));
    if history.iter().all(|r| r.floor_bits_per_char.is_some()) {
        let floor = |r: &Record| (r.step as f64, r.floor_bits_per_char.unwrap_or(f64::NAN));
        chart = chart.dashes("the best possible", history.iter().map(floor));
    }
    let top = history.iter().map(|r| r.bits_per_char.max(training(r))).fold(0.0, f64::max);
    let figure = chart.y_range(0.0, top * 1.05).draw()?;
    let path = folder.join("loss.svg");
    Ok(replace(&path, figure.svg().as_bytes()).map_err(|source| gpt::Error::Write { path, source })?)
}
