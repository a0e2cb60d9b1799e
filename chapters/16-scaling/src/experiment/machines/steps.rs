//! Steps to a given loss by the windows in a batch, each at its best rate, and what they say.

use super::record::{BATCHES, SEEDS, Study, TARGETS};
use crate::experiment::CHAPTER;
use anyhow::{Context, Result};
use figures::{Chart, save};
use kernels::measured::median;
use scaling::batch::Tradeoff;

/// The steps of the best rate, seed by seed, by the text that reports.
fn reported(study: &Study, batch: usize, target: usize) -> Result<(f64, Vec<f64>)> {
    let (place, rate, _) = study.best(batch, target).context("no rate was tried")?;
    let (_, races) = &study.by_rate(batch)[place];
    let steps: Option<Vec<f64>> = races.iter().map(|race| Some(race.steps[target][1]? as f64)).collect();
    Ok((rate, steps.with_context(|| format!("batch {batch} did not come to {}", TARGETS[target]))?))
}

/// Prints and draws steps by batch, and fits what they say, for each target.
pub fn report(study: &Study) -> Result<Vec<Tradeoff>> {
    let mut chart = Chart::new("Steps to a held-out loss", "windows in a batch", "steps").log_x().log_y();
    let mut tradeoffs = Vec::new();
    for (target, loss) in TARGETS.iter().enumerate() {
        println!(
            "\nsteps to a held-out loss of {loss} nats a byte, three seeds, each batch at its best rate"
        );
        println!(
            "{:>7}{:>8}{:>21}{:>9}{:>11}{:>11}",
            "batch", "rate", "steps", "median", "windows", "speed-up"
        );
        let (mut pairs, mut alone) = (Vec::new(), None);
        for batch in BATCHES {
            let (rate, steps) = reported(study, batch, target)?;
            let middle = median(&steps);
            let alone = *alone.get_or_insert(middle);
            let list: Vec<String> = steps.iter().map(|steps| format!("{steps:>6}")).collect();
            println!(
                "{batch:>7}{rate:>8}{:>21}{middle:>9}{:>11}{:>11.1}",
                list.join(" "),
                middle * batch as f64,
                alone / middle
            );
            pairs.extend(steps.iter().map(|&steps| (batch as f64, steps)));
        }
        let fit = fitted(&pairs)?;
        let ends = (BATCHES[0] as f64, BATCHES[BATCHES.len() - 1] as f64);
        let grid = (0..=60).map(|i| ends.0 * (ends.1 / ends.0).powf(f64::from(i) / 60.0));
        chart = chart
            .scatter(&format!("to {loss} nats a byte"), pairs)
            .dashes("", grid.map(|batch| (batch, fit.steps_at(batch))));
        tradeoffs.push(fit);
    }
    save(CHAPTER, "batches", &chart.draw()?)?;
    Ok(tradeoffs)
}

/// The law through pairs of batch and steps, which come seed by seed for each batch; printed with what
/// each seed says alone.
fn fitted(pairs: &[(f64, f64)]) -> Result<Tradeoff> {
    let fit = Tradeoff::fit(pairs).context("several batches")?;
    let Tradeoff { steps, examples } = fit;
    println!(
        "fitted: {steps:.0} steps at least, {examples:.0} windows at least: critical batch {:.1}",
        fit.critical()
    );
    let by_seed: Vec<String> = (0..SEEDS.len())
        .filter_map(|seed| {
            let of_seed: Vec<_> = pairs.iter().skip(seed).step_by(SEEDS.len()).copied().collect();
            Some(format!("{:.1}", Tradeoff::fit(&of_seed)?.critical()))
        })
        .collect();
    println!("seed by seed the critical batch is {}", by_seed.join(", "));
    Ok(fit)
}
