//! The loss in facts by the number of stories: what was predicted, and what was measured.

use super::list;
use super::plan::{DOCUMENTS, EXPONENTS, people};
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
    let found = |s, documents| chosen(runs, &people(s, documents), &people(EXPONENTS[0], documents));
    let losses = |s, documents| found(s, documents).iter().map(|one| one.bits).collect::<Vec<_>>();
    let measured = |s| DOCUMENTS.map(|documents| (documents as f64, median(&losses(s, documents))));
    let shares = measured(EXPONENTS[0]).map(|(documents, loss)| (documents, loss / bits));
    let threshold = fit(&chances(WORLD, EXPONENTS[0]), &shares, thresholds());
    println!(
        "{WORLD} people, {bits:.2} bits of facts each; learned after {threshold:.1} beginnings, fitted at s = {}",
        EXPONENTS[0]
    );
    let mut chart = Chart::new("Loss in facts", "beginnings read", "bits of a beginning's facts");
    let mut collapse =
        Chart::new("When is a person known?", "beginnings about a person", "bits of the person's facts");
    for s in EXPONENTS {
        let chances = chances(WORLD, s);
        let predicted = |documents: f64| bits * unlearned(&chances, documents, threshold);
        let line = DOCUMENTS.map(|documents| (documents as f64, predicted(documents as f64)));
        for documents in DOCUMENTS {
            let losses = losses(s, documents);
            let (middle, predicted) = (median(&losses), predicted(documents as f64));
            println!(
                "  s = {s} after {documents:5} beginnings: {} median {middle:.2} bits, predicted {predicted:.2}, {:+.0} %; learning rate {}",
                list(&losses),
                100.0 * (middle / predicted - 1.0),
                rates(runs, &people(EXPONENTS[0], documents))
            );
        }
        println!(
            "  s = {s} exponent: measured {:.2}, predicted {:.2}, without an end {:.2}",
            slope(&measured(s)),
            slope(&line),
            exponent(s)
        );
        let name = format!("s = {s}");
        chart = chart.line(&name, line).scatter(
            &format!("{name}, each seed"),
            DOCUMENTS.iter().flat_map(|&documents| {
                losses(s, documents).into_iter().map(move |loss| (documents as f64, loss))
            }),
        );
        collapse = collapse.line(&name, by_exposures(&found(s, DOCUMENTS[DOCUMENTS.len() - 1])));
    }
    save(CHAPTER, "slopes", &chart.log_x().log_y().draw()?)?;
    let collapse = collapse.dashes("threshold", [(threshold, 0.0), (threshold, bits)]);
    Ok(save(CHAPTER, "known", &collapse.log_x().draw()?)?)
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
