//! The figures: what each kind of dirt costs beyond the clean text that is missing, by its dose; every run is
//! a point.

use super::measure::Run;
use super::{DOSES, clean_part, dirty, kinds};
use crate::experiment::CHAPTER;
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use figures::{Chart, save};

/// Steps of the perfect learner's curve.
const STEPS: usize = 20;
/// How far from its dose a kind's points are drawn, so that kinds do not lie on each other.
const ASIDE: f64 = 0.012;

/// Draws what is paid beyond the same clean texts alone.
pub fn draw(ledger: &Ledger<Run>) -> Result<()> {
    let more = "bits a story more than the clean part alone";
    let others: Vec<Dirt> = Dirt::ALL.into_iter().filter(|dirt| *dirt != Dirt::Shuffled).collect();
    let mut chart = Chart::new("The price of dirt, four kinds", "share of dirt", more);
    for (place, &dirt) in others.iter().enumerate() {
        let doses = DOSES.into_iter().filter(|&tenths| kinds(tenths).any(|any| any == dirt));
        let aside = (place as f64 - 1.5) * ASIDE;
        chart = chart.scatter(dirt.name(), points(ledger, doses, aside, |tenths| dirty(dirt, tenths))?);
    }
    save(CHAPTER, "price", &chart.dashes("the perfect learner, at most", perfect()).draw()?)?;

    let chart = Chart::new("The price of shuffled sentences", "share of dirt", more);
    let shuffled = points(ledger, DOSES.into_iter(), 0.0, |tenths| dirty(Dirt::Shuffled, tenths))?;
    let chart = chart.scatter(Dirt::Shuffled.name(), shuffled);
    Ok(save(CHAPTER, "price-shuffled", &chart.dashes("the perfect learner, at most", perfect()).draw()?)?)
}

/// The perfect learner's price over the doses.
fn perfect() -> Vec<(f64, f64)> {
    let most = DOSES[DOSES.len() - 1] as f64 / 10.0;
    let share = |step| most * step as f64 / STEPS as f64;
    (0..=STEPS).map(|step| (share(step), bound(share(step)))).collect()
}

/// Over the doses, what each seed pays for a diet beyond the clean part alone.
fn points(
    ledger: &Ledger<Run>,
    doses: impl Iterator<Item = usize>,
    aside: f64,
    diet: impl Fn(usize) -> Diet,
) -> Result<Vec<(f64, f64)>> {
    let mut points = Vec::new();
    for tenths in doses {
        let more = ledger.more(&diet(tenths), &clean_part(tenths))?;
        points.extend(more.into_iter().map(|more| (tenths as f64 / 10.0 + aside, more)));
    }
    Ok(points)
}
