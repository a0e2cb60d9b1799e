//! What a model forgets while it learns to follow instructions, and what prevents it.

use super::CHAPTER;
use super::instructed::{Job, Run, run};
use super::lab::{Lab, Recipe, SEEDS, Way};
use super::ledger::Ledger;
use anyhow::{Result, anyhow};
use figures::{Chart, save};
use std::path::Path;

const PART: &str = "forgetting";
const EXAMPLES: usize = 300;
const BATCH: usize = 8;

// ANCHOR: rows
/// One way to learn, with its name.
type Row = (&'static str, Way, usize, usize, f64);

/// Steps, old stories in a batch, highest rate.
const ROWS: [Row; 7] = [
    ("all weights, 0.0003", Way::Full, 150, 0, 3e-4),
    ("all weights, 0.001", Way::Full, 150, 0, 1e-3),
    ("all weights, 0.003", Way::Full, 150, 0, 3e-3),
    ("all weights, 0.001, 50 steps", Way::Full, 50, 0, 1e-3),
    ("2 of 8 are old stories, 0.001", Way::Full, 150, 2, 1e-3),
    ("rank 8, 0.003", Way::Lora(8), 150, 0, 3e-3),
    ("rank 8, 0.01", Way::Lora(8), 150, 0, 1e-2),
];
// ANCHOR_END: rows

fn job((_, way, steps, old, rate): Row, seed: u64) -> Job {
    Job {
        examples: EXAMPLES,
        asks_all: false,
        way,
        old,
        recipe: Recipe { steps, batch: BATCH, rate, seed },
    }
}

/// Trains all models.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let (lab, mut ledger) = (Lab::trained(folder)?, Ledger::<Run>::open(PART, date)?);
    let jobs: Vec<Job> = SEEDS.into_iter().flat_map(|seed| ROWS.map(|row| job(row, seed))).collect();
    ledger.fill(PART, &jobs, |run, job| run.job == *job, |job| run(&lab, job))
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nForgetting ({}, {})", ledger.processor, ledger.date);
    println!(
        "{EXAMPLES} examples; seed by seed: bits an answer above the floor; bits an old story above the"
    );
    println!("floor; instructions of {} with all four slots right", ledger.runs[0].usual.of);
    let mut chart = Chart::new(
        "What is learned, and what is forgotten",
        "bits an old story above the floor",
        "bits an answer above the floor",
    );
    for row in ROWS {
        let runs = SEEDS.map(|seed| {
            let job = job(row, seed);
            ledger
                .runs
                .iter()
                .find(|run| run.job == job)
                .ok_or_else(|| anyhow!("this was not measured: {job:?}"))
        });
        let runs = runs.into_iter().collect::<Result<Vec<&Run>>>()?;
        let numbers = |of: fn(&Run) -> f64| runs.iter().map(|run| of(run)).collect::<Vec<f64>>();
        let print = |numbers: &[f64], digits: usize| {
            numbers.iter().map(|number| format!("{number:>7.digits$}")).collect::<Vec<String>>().concat()
        };
        let (learned, forgotten) = (numbers(|run| run.answers.0), numbers(|run| run.forgotten.0));
        let all = numbers(|run| run.usual.all as f64);
        println!("  {:<32}{}   {}   {}", row.0, print(&learned, 1), print(&forgotten, 1), print(&all, 0));
        chart = chart.scatter(row.0, forgotten.iter().copied().zip(learned.iter().copied()));
    }
    Ok(save(CHAPTER, "forgetting", &chart.draw()?)?)
}
