//! Trains models of every size on every budget, each at the rate that is best for its size.

use super::record::{DefaultRun, LaterRates, Run, Study, Trial, best_of, shape};
use anyhow::{Result, anyhow};
use kernels::measured::processor;
use scaling::law::budget::Plan;
use scaling::law::count::Count;
use scaling::law::fit::{Point, fit};
use scaling::law::lab::{Found, Lab};
use scaling::law::sizes::LADDER;
use scaling::law::surface::Price;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Operations.
pub const BUDGETS: [f64; 4] = [8e10, 2.4e11, 7.2e11, 1.44e12];
/// The budget at which learning rates are compared.
const MIDDLE: f64 = BUDGETS[1];
/// The budget at which they are compared once more, for the smallest size and the largest.
pub const LATER: f64 = BUDGETS[2];
/// See [`LATER`].
pub const ENDS: [usize; 2] = [LADDER[0].model, LADDER[LADDER.len() - 1].model];
/// The rate that is tried first; the others are this one doubled and halved.
const FIRST_RATE: f64 = 8e-3;
pub const SEEDS: [u64; 3] = [1, 2, 3];
/// Measures what is missing, and saves after every run.
pub fn measure(date: &str) -> Result<()> {
    let mut study = Study::load().unwrap_or_default();
    date.clone_into(&mut study.date);
    study.processor = processor();
    let lab = Lab::new()?;
    for shape in LADDER {
        while let Some(rate) = next_rate(&study.rates, shape.model, FIRST_RATE) {
            study.rates.push(trial(&lab, shape.model, rate, MIDDLE));
            study.save()?;
        }
    }
    for budget in BUDGETS {
        for width in LADDER.into_iter().rev().map(|shape| shape.model) {
            for seed in SEEDS {
                let same = |run: &Run| (run.width, run.budget, run.seed) == (width, budget, seed);
                if study.runs.iter().any(same) {
                    continue;
                }
                let (rate, _) = study.best_rate(width).ok_or_else(|| anyhow!("no rate for {width}"))?;
                study.runs.push(run(&lab, width, Plan { budget, rate, seed }));
                study.save()?;
            }
        }
    }
    Ok(())
}

/// Looks whether the rates of the smallest and the largest size are still the best on a larger budget, with
/// one seed as before: doubles and halves them until both neighbours are worse.
pub fn later_rates(date: &str) -> Result<()> {
    let (mut study, lab) = (Study::load()?, Lab::new()?);
    for width in ENDS {
        let (chosen, _) = study.best_rate(width).ok_or_else(|| anyhow!("no rate for {width}"))?;
        while let Some(rate) = next_rate(&study.later_rates.tried, width, chosen) {
            let mut tried = std::mem::take(&mut study.later_rates.tried);
            tried.push(trial(&lab, width, rate, LATER));
            study.later_rates = LaterRates { processor: processor(), date: date.to_owned(), tried };
            study.save()?;
        }
    }
    Ok(())
}

/// What a rate comes to.
fn trial(lab: &Lab, width: usize, rate: f64, budget: f64) -> Trial {
    let loss = lab.validate(&shape(width), Plan { budget, rate, seed: SEEDS[0] });
    eprintln!("width {width}, {budget:.1e} operations, rate {rate}: {loss:.4}");
    Trial { width, rate, loss }
}

/// A small study for the reader, of a minute or two: four sizes on two budgets, one seed, at the rates that
/// are kept. It prints and keeps nothing.
pub fn small() -> Result<()> {
    let (study, lab) = (Study::load()?, Lab::new()?);
    let (mut points, mut floor) = (Vec::new(), 0.0);
    for budget in &BUDGETS[..2] {
        for shape in &LADDER[..4] {
            let (rate, _) =
                study.best_rate(shape.model).ok_or_else(|| anyhow!("no rate for {}", shape.model))?;
            let found = lab.run(shape, Plan { budget: *budget, rate, seed: SEEDS[0] });
            let (n, d, loss) = (Count::Cost.of(shape), found.tokens as f64, found.marks.loss());
            floor = found.marks.floor();
            println!(
                "{budget:.0e} operations, width {}: {:.4} bits a character above the floor",
                shape.model,
                loss - floor
            );
            points.push(Point { n, d, loss });
        }
    }
    let law = fit(&points, Some(floor)).law;
    println!(
        "with E = {floor:.4}: α = {:.2}, β = {:.2}, N_opt ∝ C^{:.2}",
        law.alpha,
        law.beta,
        law.exponent(Price::SIX)
    );
    Ok(())
}

/// Judges the checkpoints of the default run of `mini-gpt` that are in the folder: it keeps those of its last
/// three evaluations.
pub fn look(date: &str, folder: &Path) -> Result<()> {
    let (mut study, lab) = (Study::load()?, Lab::new()?);
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("step-")));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        found.push(lab.look(&file)?);
        eprintln!("{:?}", found.last());
        let (processor, date) = (processor(), date.to_owned());
        study.default_run = DefaultRun { processor, date, found: found.clone() };
        study.save()?;
    }
    Ok(())
}

/// A run, judged.
pub fn run(lab: &Lab, width: usize, plan: Plan) -> Run {
    let begun = Instant::now();
    let found = lab.run(&shape(width), plan);
    let Plan { budget, rate, seed } = plan;
    let run = Run { width, budget, seed, rate, seconds: begun.elapsed().as_secs_f64(), found };
    let Found { marks, told, operations, .. } = &run.found;
    eprintln!(
        "width {width}, budget {budget:.1e}, seed {seed}: {:.4} above the floor, {} of {} told, {:.0} s, {:.0} GFLOP/s; {:.1?}",
        marks.loss() - marks.floor(),
        told.told,
        told.written,
        run.seconds,
        operations / run.seconds / 1e9,
        [0, 1, 2, 3, 4].map(|kind| marks.above(kind))
    );
    run
}

/// The next rate to try: the first, then twice and half the best one, until both are worse.
fn next_rate(trials: &[Trial], width: usize, first: f64) -> Option<f64> {
    let Some((best, _)) = best_of(trials, width) else { return Some(first) };
    let is_tried = |rate: f64| trials.iter().any(|trial| trial.width == width && trial.rate == rate);
    [best * 2.0, best / 2.0].into_iter().find(|&rate| !is_tried(rate))
}
