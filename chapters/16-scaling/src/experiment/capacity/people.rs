//! The loss in facts by the number of stories: what was predicted, and what was measured.

use super::list;
use super::plan::{DOCUMENTS, EXPONENTS, FITTED, people};
use super::record::{Lost, People, Run, chosen, tried};
use super::runs::WORLD;
use crate::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;
use language_models::story::Dials;
use scaling::capacity::beginnings::Beginnings;
use scaling::capacity::slopes::{chances, exponent, fit, slope, unlearned};

/// Thresholds to choose from: sixteenths of doublings from 1 to 1024.
fn thresholds() -> impl Iterator<Item = f64> {
    (0..=160).map(|i| 2_f64.powf(f64::from(i) / 16.0))
}

/// Prints and draws it.
pub fn report(runs: &[Run<People, Lost>]) -> Result<()> {
    let bits = Beginnings::new(Dials { people: WORLD, ..Dials::default() })?.fact_bits();
    // The rate is chosen at the exponent that is fitted, for each number of beginnings.
    let found = |s, documents| chosen(runs, &people(s, documents), &people(FITTED, documents));
    let losses = |s, documents| found(s, documents).iter().map(|one| one.bits).collect::<Vec<_>>();
    let measured = |s| DOCUMENTS.map(|documents| (documents as f64, median(&losses(s, documents))));
    let shares = measured(FITTED).map(|(documents, loss)| (documents, loss / bits));
    let threshold = fit(&chances(WORLD, FITTED), &shares, thresholds());
    println!(
        "{WORLD} people, {bits:.2} bits of facts each; learned after {threshold:.1} beginnings, \
         fitted at s = {FITTED}"
    );
    let mut chart = Chart::new("Loss in facts", "beginnings read", "bits of a beginning's facts");
    let mut known =
        Chart::new("When is a person known?", "beginnings about a person", "bits of the person's facts");
    let mut dots = Vec::new();
    for s in EXPONENTS {
        let chances = chances(WORLD, s);
        let predicted = |documents: f64| bits * unlearned(&chances, documents, threshold);
        for documents in DOCUMENTS {
            let (losses, predicted) = (losses(s, documents), predicted(documents as f64));
            let (middle, costs) = (median(&losses), by_exposures(&found(s, documents)));
            println!(
                "  s = {s} after {documents:5} beginnings: {} median {middle:.2} bits, \
                 predicted {predicted:.2}, {:+.0} %; half known after {}; learning rate {}",
                list(&losses),
                100.0 * (middle / predicted - 1.0),
                half_known(&costs, bits).map_or("more".to_owned(), |exposures| format!("{exposures:.0}")),
                rates(runs, &people(FITTED, documents))
            );
            dots.extend(losses.iter().map(|loss| (documents as f64, *loss)));
        }
        let line = DOCUMENTS.map(|documents| (documents as f64, predicted(documents as f64)));
        println!(
            "  s = {s} exponent: measured {:.2}, predicted {:.2}, without an end {:.2}",
            slope(&measured(s)),
            slope(&line),
            exponent(s)
        );
        let name = format!("s = {s}");
        let curve = quarters(DOCUMENTS).map(|documents| (documents, predicted(documents)));
        chart = chart.line(&name, measured(s)).dashes(if s == FITTED { "predicted" } else { "" }, curve);
        known = known.line(&name, by_exposures(&found(s, DOCUMENTS[DOCUMENTS.len() - 1])));
    }
    save(CHAPTER, "slopes", &chart.scatter("each seed", dots).log_x().log_y().draw()?)?;
    let known = known.dashes("threshold", [(threshold, 0.0), (threshold, bits)]);
    Ok(save(CHAPTER, "known", &known.log_x().draw()?)?)
}

/// From the first to the last of some numbers in quarters of doublings.
fn quarters<const N: usize>(numbers: [usize; N]) -> impl Iterator<Item = f64> {
    let (first, last) = (numbers[0] as f64, numbers[N - 1] as f64);
    (0..).map(move |i| first * 2_f64.powf(f64::from(i) / 4.0)).take_while(move |x| *x <= last * 1.001)
}

/// After how many exposures a person's facts cost half their bits: between two doublings on a straight
/// line over the logarithm. None if they never do.
fn half_known(costs: &[(f64, f64)], bits: f64) -> Option<f64> {
    let below = costs.iter().position(|(_, cost)| *cost < bits / 2.0)?;
    let ((x0, y0), (x1, y1)) = (costs[below.checked_sub(1)?], costs[below]);
    Some(x0 * (x1 / x0).powf((y0 - bits / 2.0) / (y0 - y1)))
}

/// What a person's facts cost by how often the person was told about: the mean over the seeds.
fn by_exposures(found: &[&Lost]) -> Vec<(f64, f64)> {
    let octaves = found.first().map_or(0, |one| one.by_exposures.len());
    let mean = |octave: usize, of: fn(&(f64, f64, usize)) -> f64| {
        found.iter().map(|one| of(&one.by_exposures[octave])).sum::<f64>() / found.len() as f64
    };
    (0..octaves).map(|octave| (mean(octave, |one| one.0), mean(octave, |one| one.1))).collect()
}

/// The rates that were tried and the bits that facts then cost.
fn rates(runs: &[Run<People, Lost>], of: &People) -> String {
    let bits = |(rate, found): (f64, &Lost)| format!("{rate}: {:.2}", found.bits);
    tried(runs, of).into_iter().map(bits).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_known_is_where_the_line_crosses_the_half() {
        // From 12 bits at 4 exposures to 4 bits at 16: 8 bits half way in doublings, at 8.
        let costs = [(1.0, 16.0), (4.0, 12.0), (16.0, 4.0), (64.0, 9.0)];
        assert!((half_known(&costs, 16.0).unwrap() - 8.0).abs() < 1e-12);
        assert_eq!(half_known(&costs[..2], 16.0), None);
    }
}
