//! The price of a corpus: models that learn from nothing; from all that there is, from what a filter leaves
//! of it, and from clean text, at equal tokens.
//!
//! [`super::selection`] asks the same of a model that has learned already.

use super::ledger::Ledger;
use super::selection::{How, Run, Task, by_seed};
use super::setup::{Lab, SEEDS};
use super::table::row;
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use language_models::story::KINDS;
use std::path::Path;

const PART: &str = "corpus";
/// Half of all texts are this.
const DIRT: Dirt = Dirt::Shuffled;
/// Stories in a pool, and as many dirty texts.
const OF_EACH: usize = 4500;
/// Tokens that are read: about a third of a pool.
const TOKENS: usize = 800_000;

/// What the lines are called, and who chooses.
const LINES: [(&str, How); 3] = [
    ("all that there is", How::Nobody),
    ("what the classifier leaves", How::Classifier { labels: 400 }),
    ("clean", How::Truth),
];

/// Trains the models. The folder of the default run is needed for its tokens.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::from_nothing(folder)?;
    let mut ledger = Ledger::<Run>::open(PART, date)?;
    let mut tasks = Vec::new();
    for seed in SEEDS {
        let task = |(_, how)| Task { dirt: DIRT, how, seed, of_each: OF_EACH, tokens: TOKENS };
        tasks.extend(LINES.map(task));
    }
    ledger.fill(PART, &tasks, |run, task| task.is(run), |task| task.run(&lab))
}

/// Something of each run of a line, seed by seed.
fn values(ledger: &Ledger<Run>, how: How, of: impl Fn(&Run) -> f64) -> Result<Vec<f64>> {
    let runs = by_seed(ledger, (DIRT, how), &SEEDS, PART)?;
    Ok(runs.into_iter().map(of).collect())
}

/// Prints what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nthe price of a corpus ({}, {})", ledger.processor, ledger.date);
    println!(
        "models that begin with nothing read {TOKENS} tokens; half of all texts are shuffled sentences"
    );
    println!("  three seeds: the share of dirt; bits a test story above the floor; bits more than clean");
    let clean = values(&ledger, How::Truth, Run::bits)?;
    for (name, how) in LINES {
        let bits = values(&ledger, how, Run::bits)?;
        let more: Vec<f64> = bits.iter().zip(&clean).map(|(bits, clean)| bits - clean).collect();
        let share = row(&values(&ledger, how, Run::dirt_share)?, 7, 3);
        println!("  {name:<28}{share}   {}   {}", row(&bits, 9, 2), row(&more, 9, 2));
    }
    let kept = values(&ledger, How::Truth, |run| run.kept as f64)?;
    println!("  texts that are read, of a pool of {}: {}", 2 * OF_EACH, row(&kept, 7, 0));
    println!("by kind of knowledge: bits a test story more than clean, seed by seed");
    for (name, how) in &LINES[..2] {
        for (kind, (_, what)) in KINDS.iter().enumerate() {
            let [bits, clean] = [*how, How::Truth].map(|how| values(&ledger, how, |run| run.above[kind]));
            let more: Vec<f64> = bits?.iter().zip(clean?).map(|(bits, clean)| bits - clean).collect();
            println!("  {:<48}{}", format!("{name}: {what}"), row(&more, 8, 2));
        }
    }
    println!("  the perfect learner pays at most {:.2} bits for half dirt", bound(0.5));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dirt_costs_with_every_seed_and_the_classifier_gives_half_of_it_back() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let [all, left, clean] = LINES.map(|(_, how)| values(&ledger, how, Run::bits).unwrap());
        for seed in 0..SEEDS.len() {
            let [all, left] = [all[seed], left[seed]].map(|bits| bits - clean[seed]);
            assert!(all > 2.0 * left && left > bound(0.5), "seed {}: {all} and {left}", SEEDS[seed]);
        }
    }
}
