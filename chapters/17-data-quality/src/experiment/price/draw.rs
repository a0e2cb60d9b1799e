//! The figure: what each kind of dirt costs, by its dose.

use super::measure::Run;
use super::{DOSES, NO_DIRT, clean, dirty, kinds};
use crate::experiment::CHAPTER;
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use figures::{Chart, save};
use kernels::measured::median;

/// Steps of the perfect learner's curve.
const STEPS: usize = 20;

/// Draws medians over the seeds, and the bound.
pub fn draw(ledger: &Ledger<Run>) -> Result<()> {
    let mut chart = Chart::new("The price of dirt", "share of dirt", "bits a story more than without");
    for dirt in Dirt::ALL {
        let doses = DOSES.into_iter().filter(|&tenths| kinds(tenths).any(|any| any == dirt));
        chart = chart.line(dirt.name(), line(ledger, doses, |tenths| dirty(dirt, tenths))?);
    }
    chart = chart.line(NO_DIRT, line(ledger, DOSES.into_iter(), |tenths| clean(10 - tenths))?);
    let most = DOSES[DOSES.len() - 1] as f64 / 10.0;
    let curve =
        (0..=STEPS).map(|step| most * step as f64 / STEPS as f64).map(|share| (share, bound(share)));
    Ok(save(CHAPTER, "price", &chart.dashes("the perfect learner, at most", curve).draw()?)?)
}

/// Over the doses, what a diet costs beyond as many texts that are all clean; from nothing on.
fn line(
    ledger: &Ledger<Run>,
    doses: impl Iterator<Item = usize>,
    diet: impl Fn(usize) -> Diet,
) -> Result<Vec<(f64, f64)>> {
    let all = ledger.cell(&clean(10))?;
    let mut line = vec![(0.0, 0.0)];
    for tenths in doses {
        line.push((tenths as f64 / 10.0, median(&ledger.cell(&diet(tenths))?.beyond(&all))));
    }
    Ok(line)
}
