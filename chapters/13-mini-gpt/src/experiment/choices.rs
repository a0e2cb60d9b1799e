//! What the default run's choices gave, one after the other, at the same number of tokens; and the
//! published setting on Shakespeare, with and without better ones.

use super::record::Trial;
use super::whole::{run, trial};
use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::evaluate::Score;
use gpt::settings::Settings;
use gpt::sizes::{Laptop, LaptopBpe};
use gpt::{Gpt, Whole};
use std::path::Path;

/// A run, judged by all held-out text.
fn whole<M: Whole<Cpu>>(text: &Text, settings: &Settings, seed: u64) -> Result<Score> {
    Ok(run::<M>(text, Settings { seed, ..settings.clone() }, usize::MAX, |_| {})?)
}

/// Bits a character above the floor.
pub fn stories() -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    let last = Settings::stories();
    let slow = Settings { lr: 2e-3, ..last.clone() };
    let anywhere = Settings { from_beginnings: false, ..slow.clone() };
    let bytes = Settings {
        size: "laptop".to_owned(),
        batch: 8,
        context: 256,
        steps: last.steps * 15 / 16,
        ..anywhere.clone()
    };
    let above = |score: Score| score.bits_per_char - score.floor_bits_per_char.unwrap_or(f64::NAN);
    [
        ("bytes, windows of 256 anywhere", bytes),
        ("byte-pair encoding, windows of 320", anywhere),
        ("windows begin where stories begin", slow),
        ("rate 0.003 instead of 0.002", last),
    ]
    .into_iter()
    .map(|(name, settings)| {
        trial(name, &[settings.seed], |seed| {
            let of = if settings.size == "laptop" { whole::<Gpt<Laptop>> } else { whole::<Gpt<LaptopBpe>> };
            Ok(above(of(&text, &settings, seed)?))
        })
    })
    .collect()
}

/// Held-out loss in nats a character of the file that the published settings are for.
pub fn shakespeare(file: &Path) -> Result<Vec<Trial>> {
    let text = Text::load(&Source::File(file.to_owned()))?;
    let published = Settings::laptop();
    let faster = Settings { lr: 2e-3, ..published.clone() };
    let unclipped = Settings { clip: 100.0, ..faster.clone() };
    let smaller = Settings { batch: 6, steps: 4000, ..unclipped.clone() };
    let longer = Settings { batch: 3, context: 256, ..faster.clone() };
    [
        ("the published setting", published),
        ("rate 0.002 instead of 0.001", faster),
        ("also no clipping", unclipped),
        ("also 4000 steps of 6 windows", smaller),
        ("rate 0.002, 3 windows of 256", longer),
    ]
    .into_iter()
    .map(|(name, settings)| {
        trial(name, &[1, 2, 3], |seed| Ok(whole::<Gpt<Laptop>>(&text, &settings, seed)?.loss))
    })
    .collect()
}
