//! What dirt costs: five kinds, by dose, by what is no longer known.

mod cell;
mod draw;
mod measure;
mod report;
#[cfg(test)]
mod tests;

use super::diet::{Beside, Diet};
use super::setup::READING_ON;
use data_quality::dirt::Dirt;
pub use measure::measure;
pub use report::report;

/// The file of the runs.
const PART: &str = "price";
/// The doses: of ten texts that are read, so many are dirt.
const DOSES: [usize; 4] = [1, 2, 5, 8];
/// The dose of which more is asked than what it costs in all.
const HALF: usize = 5;
/// What the line of those who read the clean texts alone is called.
const NO_DIRT: &str = "no dirt, clean part";
/// Dirt that is also read with a mark, and at other rates.
const MARKED: [Dirt; 2] = [Dirt::Shuffled, Dirt::WrongHome];
/// Rates beside the usual one, of which one seed must do.
const OTHER_RATES: [f64; 2] = [READING_ON.rate / 2.0, READING_ON.rate * 2.0];
/// Doses whose clean parts are also read with the warm-up of all texts, in steps.
const WARMED: [usize; 2] = [HALF, 8];
const WARMUP: usize = READING_ON.texts / READING_ON.batch / 10;

/// The kinds of dirt of which so many tenths say something: see [`super::diet`] for near copies.
fn kinds(tenths: usize) -> impl Iterator<Item = Dirt> {
    Dirt::ALL.into_iter().filter(move |dirt| tenths >= HALF || *dirt != Dirt::NearCopy)
}

/// All of the texts, so many tenths of them something else than further clean ones.
fn diet(beside: Beside, tenths: usize) -> Diet {
    Diet::new(READING_ON.texts, beside, tenths)
}

/// Only the clean texts of a diet with so many tenths of dirt.
fn clean_part(tenths: usize) -> Diet {
    diet(Beside::Nothing, tenths)
}

/// All of the texts, all of them clean.
fn all_clean() -> Diet {
    clean_part(0)
}

/// All of the texts, so many tenths of them dirt that does not say so.
fn dirty(dirt: Dirt, tenths: usize) -> Diet {
    diet(Beside::Dirt(dirt), tenths)
}

/// The same at half, where each dirty text says that it is.
fn marked(dirt: Dirt) -> Diet {
    diet(Beside::Marked(dirt), HALF)
}
