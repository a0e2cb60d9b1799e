//! What was found, in print and in a picture.

use super::DEPTH;
use super::record::{Coverage, FILE, Record};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Bars, save};
use kernels::measured::{load, median};
use std::path::Path;

/// Prints and draws.
pub fn report() -> Result<()> {
    if !Path::new(FILE).exists() {
        println!("\ndictionaries: not measured yet");
        return Ok(());
    }
    let record: Record = load(FILE)?;
    println!("\ndictionaries of one model, behind block {DEPTH} ({}, {})", record.processor, record.date);
    println!(
        "{} vectors to learn from; features chosen by {} stories, judged by {} others, at all their tokens",
        record.vectors, record.choose, record.judge
    );
    println!("{} things that can be told are judged", record.things);
    println!(
        "bits a story: {:.1} as it is, {:.1} with the mean in the stream's place",
        record.bits, record.bits_mean
    );
    println!("twins of what two seeds begin with: {:.2}", record.twins_at_first);
    println!(
        "\n{:<40}{:>10}{:>6}{:>8}{:>9}{:>7}{:>11}{:>7}{:>7}",
        "", "explained", "dead", "bits", "coverage", "words", "sentences", "clear", "twins"
    );
    let mut medians = Vec::new();
    for size in &record.sizes {
        let name = format!("{} features, {} at a time", size.features, size.k);
        for d in &size.dictionaries {
            println!(
                "{:<40}{:>10.3}{:>6}{:>8.1}{}{:>7}",
                format!("{name}, seed {}", d.seed),
                d.explained,
                d.dead,
                d.bits,
                shown(&d.coverage),
                d.twins.map_or("–".to_owned(), |twins| format!("{twins:.2}"))
            );
        }
        let all: Vec<f64> = size.dictionaries.iter().map(|d| d.coverage.all).collect();
        medians.push((name, median(&all), 1));
    }
    for other in &record.others {
        println!("{:<64}{}", format!("no dictionary: {}", other.name), shown(&other.coverage));
        medians.push((other.name.clone(), other.coverage.all, 0));
    }
    println!("\nrates that were tried, and the share of the variance that came back");
    for size in &record.sizes {
        let tried: Vec<String> =
            size.rates.iter().map(|(rate, back)| format!("{rate}: {back:.3}")).collect();
        println!("  {} features, {} at a time, {}", size.features, size.k, tried.join("  "));
    }
    println!();
    medians.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut bars = Bars::new("Coverage: the mean F₁ of the best feature of each thing");
    for (name, value, colour) in medians {
        println!("coverage of {name}: {value:.3}");
        bars = bars.bar(&name, value, &format!("{value:.2}"), colour);
    }
    Ok(save(CHAPTER, "coverage", &bars.draw()?)?)
}

fn shown(coverage: &Coverage) -> String {
    let Coverage { all, words, sentences, clear, .. } = coverage;
    format!("{all:>9.3}{words:>7.3}{sentences:>11.3}{clear:>7.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        load(FILE).unwrap()
    }

    #[test]
    fn no_best_rate_lies_at_an_end_of_those_that_were_tried() {
        for size in record().sizes {
            let best = (0..size.rates.len()).max_by(|&a, &b| size.rates[a].1.total_cmp(&size.rates[b].1));
            let best = best.unwrap();
            assert!(
                best > 0 && best + 1 < size.rates.len(),
                "{} features: {:?}",
                size.features,
                size.rates
            );
        }
    }

    #[test]
    fn with_every_seed_and_size_a_dictionary_covers_more_than_nothing_learned_and_less_than_half_of_a_probe()
     {
        let record = record();
        let of = |name: &str| record.others.iter().find(|other| other.name.contains(name)).unwrap();
        let (probe, nothing) = (of("probe").coverage.all, of("as they are").coverage.all);
        for dictionary in record.sizes.iter().flat_map(|size| &size.dictionaries) {
            assert!((nothing..probe / 2.0).contains(&dictionary.coverage.all));
        }
    }
}
