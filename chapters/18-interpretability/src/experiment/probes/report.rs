//! What was found, in print and in pictures.

use super::record::{FILE, Groups, Places, Record};
use crate::experiment::CHAPTER;
use crate::experiment::table::row;
use crate::experiment::trained::DEPTHS;
use anyhow::Result;
use figures::{Chart, HeatMap, save};
use interpretability::pairs::{DRAWN, drawn_at};
use interpretability::probe::ceiling::{ceiling, tail};
use kernels::measured::{load, median};
use std::path::Path;

/// The depth that is drawn: the middle.
const DRAWN_AT: usize = 2;

/// Prints and draws.
pub fn report() -> Result<()> {
    if !Path::new(FILE).exists() {
        println!("\nprobes: not measured yet");
        return Ok(());
    }
    let record: Record = load(FILE)?;
    println!(
        "\nprobes of one model: {} stories to learn from, {} others to be judged by ({}, {})",
        record.train, record.test, record.processor, record.date
    );
    before(&record);
    behind(&record)?;
    places(&record)?;
    groups(&record);
    Ok(())
}

fn names() -> Vec<String> {
    DRAWN.map(|slot| format!("{slot:?}").to_lowercase()).to_vec()
}

/// Before a slot is drawn nobody can know it. The probes are not independent: they read the same stories.
fn before(record: &Record) {
    let mut tails = Vec::new();
    let mut difference = 0.0;
    for depth in &record.behind {
        for (slot, beats) in DRAWN.iter().zip(depth) {
            for (beat, accuracy) in beats.iter().enumerate().filter(|(beat, _)| *beat < drawn_at(*slot)) {
                let best = ceiling(*slot, beat + 1);
                let right = (accuracy * record.test as f64).round() as usize;
                difference += accuracy - best;
                tails.push(tail(record.test, best, right));
            }
        }
    }
    let n = tails.len();
    let below = |p: f64| tails.iter().filter(|tail| **tail < p).count();
    println!("before a slot is drawn: {n} probes, on the same stories");
    println!("  on average they are right more often than the ceiling by {:+.4}", difference / n as f64);
    for p in [0.1, 0.01, 0.001] {
        println!(
            "  as good by chance with probability below {p}: {}, expected at most {:.0}",
            below(p),
            p * n as f64
        );
    }
    println!("  the least likely: {:.5}", tails.iter().copied().fold(1.0, f64::min));
    println!("stories told until so many fitted into the window: {}", record.told);
    println!("an accuracy has a standard error of {:.3} at most", (0.25 / record.test as f64).sqrt());
}

/// Where each slot can be read, at each depth; one of them is drawn.
fn behind(record: &Record) -> Result<()> {
    println!(
        "\naccuracy once a slot was told: behind its own beat, 1, 3, 5 and 10 beats later, and at the end"
    );
    println!("{:<26}{:>6}{:>6}{:>6}{:>6}{:>6}{:>6}", "", "+0", "+1", "+3", "+5", "+10", "end");
    for (depth, slots) in record.behind.iter().enumerate() {
        for (slot, beats) in DRAWN.iter().zip(slots) {
            let at = drawn_at(*slot);
            let later = [0, 1, 3, 5, 10].map(|later| beats.get(at + later));
            let shown = |cell: Option<&f64>| cell.map_or(format!("{:>6}", "–"), |x| format!("{x:6.2}"));
            let cells: Vec<String> = later.into_iter().chain([beats.last()]).map(shown).collect();
            let name = format!("read at depth {depth}: {}", format!("{slot:?}").to_lowercase());
            println!("{name:<26}{}", cells.concat());
        }
    }
    let map = HeatMap::new(
        &format!("What can be read behind each beat, at depth {DRAWN_AT}"),
        record.behind[DRAWN_AT].clone(),
    );
    let beats = (1..=record.behind[DRAWN_AT][0].len())
        .map(|beat| if beat % 5 == 0 { beat.to_string() } else { String::new() });
    Ok(save(CHAPTER, "behind", &map.rows(names()).cols(beats).draw()?)?)
}

/// Kept, or looked up again?
fn places(record: &Record) -> Result<()> {
    println!("\naccuracy where a word is told, halfway to where it comes back, and just before that");
    println!("{:<28}{:>8} …{:>4}", "at depth", 0, DEPTHS - 1);
    for places in &record.places {
        let slot = DRAWN.iter().find(|slot| format!("{slot:?}").to_lowercase() == places.slot);
        let prior = slot.map_or(f64::NAN, |slot| ceiling(*slot, drawn_at(*slot)));
        println!("{}: {} test stories, prior {prior:.3}", places.slot, places.test);
        rows("trained", places);
    }
    println!("\nthe same in a model that has read nothing");
    record.untrained.iter().for_each(|places| rows("untrained", places));
    let mut chart = Chart::new("Told, halfway, needed", "depth", "accuracy, median of the slots");
    for (place, name) in ["told", "halfway", "needed"].iter().enumerate() {
        let line = medians(&record.places, place);
        println!("{:<34}{}", format!("median, trained, {name}"), row(&heights(&line), 6, 2));
        chart = chart.line(name, line);
    }
    for (place, name) in [(1, "halfway"), (2, "needed")] {
        let line = medians(&record.untrained, place);
        println!("{:<34}{}", format!("median, untrained, {name}"), row(&heights(&line), 6, 2));
        chart = chart.dashes(&format!("{name}, nothing read"), line);
    }
    Ok(save(CHAPTER, "places", &chart.y_range(0.0, 1.0).draw()?)?)
}

/// At each depth the median of the slots.
fn medians(all: &[Places], place: usize) -> Vec<(f64, f64)> {
    let middle =
        |depth: usize| median(&all.iter().map(|places| places.accuracy[depth][place]).collect::<Vec<_>>());
    (0..DEPTHS).map(|depth| (depth as f64, middle(depth))).collect()
}

fn heights(line: &[(f64, f64)]) -> Vec<f64> {
    line.iter().map(|(_, y)| *y).collect()
}

/// The accuracy at each depth, for each place.
fn rows(model: &str, places: &Places) {
    for (place, name) in ["told", "halfway", "needed"].iter().enumerate() {
        let cells = row(&places.accuracy.iter().map(|depth| depth[place]).collect::<Vec<_>>(), 6, 2);
        println!("  {:<30}{cells}", format!("{model}, {}, {name}", places.slot));
    }
}

/// Are the groups the model's, or can any be read?
fn groups(record: &Record) {
    println!("\ngroups of words, real ones and such by lot (lowest to highest of the lots)");
    println!("accuracy on words that were seen; of how many words that were not most stories are right");
    println!("{:<28}{:>8}{:>16}{:>16}{:>12}{:>10}", "", "seen", "by lot", "unseen", "by lot", "chance");
    for Groups { what, depth, words, kinds, seen, lot_seen, unseen, lot_unseen } in &record.groups {
        let (low, high) =
            lot_seen.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &x| (low.min(x), high.max(x)));
        let (least, most) = (lot_unseen.iter().min(), lot_unseen.iter().max());
        let lots = format!("{}–{}", least.unwrap_or(&0), most.unwrap_or(&0));
        let name = format!("{what}, depth {depth}");
        println!(
            "{name:<28}{seen:>8.3}{:>16}{:>16}{lots:>12}{:>10.1}",
            format!("{low:.3}–{high:.3}"),
            format!("{unseen} of {words}"),
            *words as f64 / *kinds as f64
        );
    }
}
