//! Runs to a given loss, for each batch at rates from a grid.

use super::record::{BATCHES, Race, SEEDS, Study, TARGETS};
use super::task::{MOST_STEPS, Task};
use anyhow::{Context, Result};
use kernels::Workers;

/// The grid of rates: 0.001 times a power of two. Where it is begun for the smallest batch.
const FIRST_POWER: i32 = 1;
/// A run is given up that takes so many times the steps of the best rate before.
const HOPELESS: f64 = 2.0;
/// From one look at the loss to the next the steps grow by this share: so fine is what is measured.
const CLOSER: f64 = 0.05;

fn rate(power: i32) -> f64 {
    1e-3 * 2_f64.powi(power)
}

/// Makes the runs that are missing, for each batch at rates from a grid: outwards until the best rate of
/// each target has a neighbour on either side.
pub fn measure(study: &mut Study, task: &Task) -> Result<()> {
    let mut power = FIRST_POWER;
    for batch in BATCHES {
        let (mut low, mut high) = (power - 1, power + 1);
        for power in low..=high {
            try_rate(study, task, batch, power)?;
        }
        loop {
            let places: Vec<usize> =
                (0..TARGETS.len()).filter_map(|target| Some(study.best(batch, target)?.0)).collect();
            let last = study.by_rate(batch).len() - 1;
            if places.contains(&0) {
                low -= 1;
                try_rate(study, task, batch, low)?;
            } else if places.contains(&last) {
                high += 1;
                try_rate(study, task, batch, high)?;
            } else {
                let (place, ..) = study.best(batch, TARGETS.len() - 1).context("it was tried")?;
                power = low + place as i32;
                break;
            }
        }
    }
    Ok(())
}

/// Tries rate number `power` with the seeds that are missing, and keeps what came of it.
fn try_rate(study: &mut Study, task: &Task, batch: usize, power: i32) -> Result<()> {
    let is_done = |seed: &u64| {
        study.runs.iter().any(|r| r.batch == batch && r.rate == rate(power) && r.seed == *seed)
    };
    let seeds: Vec<u64> = SEEDS.into_iter().filter(|seed| !is_done(seed)).collect();
    // The steps of the best rate so far.
    let best = study.best(batch, TARGETS.len() - 1).map_or(f64::INFINITY, |(.., steps)| steps);
    let most = (HOPELESS * best).min(MOST_STEPS as f64) as usize;
    let races = Workers::new()
        .map(seeds, |seed| race(task, batch, rate(power), seed, most).map_err(|e| e.to_string()));
    for race in races {
        let race = race.map_err(anyhow::Error::msg)?;
        eprintln!("{race:?}");
        study.runs.push(race);
    }
    study.save()
}

/// Trains to the last target, or for `most` steps.
fn race(task: &Task, batch: usize, rate: f64, seed: u64, most: usize) -> Result<Race> {
    let (mut run, starts, mut gradients) = (task.begin(batch, rate, seed)?, task.starts(), Vec::new());
    let (mut steps, mut next) = (vec![[None; 2]; TARGETS.len()], 1);
    for step in 1..=most {
        let loss = run.step(&task.tokens, &starts, &Workers::alone(), &mut gradients);
        if !loss.is_finite() {
            break;
        }
        if step < next {
            continue;
        }
        next = step + 1 + (step as f64 * CLOSER) as usize;
        let losses = task.losses(&run);
        for (target, reached) in TARGETS.iter().zip(&mut steps) {
            for (loss, reached) in losses.iter().zip(reached) {
                if loss <= target {
                    reached.get_or_insert(step);
                }
            }
        }
        if steps.iter().flatten().all(Option::is_some) {
            break;
        }
    }
    Ok(Race { batch, rate, seed, steps })
}
