//! The figures: what a model pays, by the filter's area, and by how much dirt it has kept.

use super::filter::How;
use super::measure::Run;
use super::{CHEAP, COSTLY};
use crate::experiment::CHAPTER;
use crate::experiment::ledger::Ledger;
use anyhow::Result;
use data_quality::price::bound;
use figures::{Chart, save};

/// Steps of the perfect learner's curve.
const STEPS: usize = 20;

/// Who is named where there is no room for all.
const NAMED: [How; 4] = [How::Nobody, How::DirtByHalf, How::StoriesByHalf, How::Truth];

/// Draws every run as a point, and names filters at the middle of their points.
pub fn draw(ledger: &Ledger<Run>) -> Result<()> {
    let bits = "bits a story above the floor";
    let chart = Chart::new("What a filter is worth", "area under its curve", bits);
    let chart = points(chart, ledger, &COSTLY.1, |run| run.area)?;
    save(CHAPTER, "roc-bits", &chart.draw()?)?;

    let chart = Chart::new("What is wrong with what is kept", "share of dirt among the kept", bits);
    let chart = points(chart, ledger, &NAMED, Run::dirt_share)?;
    let least = ledger.middle(COSTLY.0, How::Truth, Run::bits)?;
    let price =
        (0..=STEPS).map(|step| 0.5 * step as f64 / STEPS as f64).map(|dirt| (dirt, least + bound(dirt)));
    Ok(save(CHAPTER, "kept-bits", &chart.dashes("the perfect learner", price).draw()?)?)
}

fn points(mut chart: Chart, ledger: &Ledger<Run>, named: &[How], x: impl Fn(&Run) -> f64) -> Result<Chart> {
    for (dirt, filters) in [(COSTLY.0, &COSTLY.1[..]), (CHEAP.0, &CHEAP.1[..])] {
        let mut points = Vec::new();
        for &how in filters {
            points.extend(ledger.by_seed(dirt, how)?.into_iter().map(|run| (x(run), run.bits())));
        }
        chart = chart.scatter(dirt.name(), points);
    }
    for &how in named {
        let at = (ledger.middle(COSTLY.0, how, &x)?, ledger.middle(COSTLY.0, how, Run::bits)?);
        chart = chart.note(at.0, at.1, &how.name());
    }
    Ok(chart)
}
