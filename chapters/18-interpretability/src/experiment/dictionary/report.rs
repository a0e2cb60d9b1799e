//! What was found, in print and in a picture.

use super::DEPTH;
use super::record::{Coverage, FILE, Record};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Bars, save};
use kernels::measured::{load, median};

/// Prints and draws.
pub fn report() -> Result<()> {
    let record: Record = load(FILE)?;
    println!(
        "\ndictionaries behind block {DEPTH}: {} vectors to learn from; features chosen by {} stories, judged by {} others ({}, {})",
        record.vectors, record.choose, record.judge, record.processor, record.date
    );
    println!("{} things that can be told are judged", record.things);
    println!(
        "bits a story: {:.1} as it is, {:.1} with the mean in the stream's place",
        record.bits, record.bits_mean
    );
    println!(
        "\n{:<42}{:>10}{:>6}{:>8}{:>9}{:>7}{:>11}{:>7}{:>7}",
        "", "explained", "dead", "bits", "coverage", "words", "sentences", "clear", "twins"
    );
    for d in &record.dictionaries {
        println!(
            "{:<42}{:>10.3}{:>6}{:>8.1}{}{:>7.2}",
            format!("{} features, {} at a time, seed {}", d.features, d.k, d.seed),
            d.explained,
            d.dead,
            d.bits,
            shown(&d.coverage),
            d.twins
        );
    }
    for other in &record.others {
        println!("{:<66}{}", format!("no dictionary: {}", other.name), shown(&other.coverage));
    }
    bars(&record)
}

fn shown(coverage: &Coverage) -> String {
    let Coverage { all, words, sentences, clear, .. } = coverage;
    format!("{all:>9.3}{words:>7.3}{sentences:>11.3}{clear:>7.2}")
}

fn bars(record: &Record) -> Result<()> {
    let mut bars = Bars::new("Mean F₁ of the best feature of each thing");
    let mut rows: Vec<(String, f64, usize)> =
        record.others.iter().map(|other| (other.name.clone(), other.coverage.all, 0)).collect();
    let mut sizes: Vec<(usize, usize)> = record.dictionaries.iter().map(|d| (d.features, d.k)).collect();
    sizes.dedup();
    println!();
    for (features, k) in sizes {
        let of: Vec<f64> = record
            .dictionaries
            .iter()
            .filter(|d| (d.features, d.k) == (features, k))
            .map(|d| d.coverage.all)
            .collect();
        println!("  median of {features} features, {k} at a time: coverage {:.3}", median(&of));
        rows.push((format!("{features} features, {k} at a time"), median(&of), 1));
    }
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (name, value, colour) in rows {
        bars = bars.bar(&name, value, &format!("{value:.2}"), colour);
    }
    Ok(save(CHAPTER, "coverage", &bars.draw()?)?)
}
