//! What was found, in print and in a picture.

use super::record::{FILE, PLACES, Record, Way};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::load;
use std::path::Path;

/// Prints and draws.
pub fn report() -> Result<()> {
    if !Path::new(FILE).exists() {
        println!("\nsteering: not measured yet");
        return Ok(());
    }
    let record: Record = load(FILE)?;
    println!(
        "\nsteering one model: {} pairs, probes of {} stories ({}, {})",
        record.pairs, record.train, record.processor, record.date
    );
    println!(
        "how many go on with the other thing, how many with their own; length of the shift; at depths 0 to 4"
    );
    for (place, name) in PLACES.iter().enumerate() {
        for way in Way::ALL {
            let rows = record.next.iter().filter(|next| next.place == place && next.way == way);
            let cells = rows.map(|next| format!("{:>5}{:>5}{:>6.2}", next.other, next.own, next.length));
            println!(
                "  {:<40}{}",
                format!("push {name}, {}", way.name()),
                cells.collect::<Vec<_>>().join(" |")
            );
        }
    }
    let mut chart = Chart::new("A push just before it is needed", "depth", "share with the other thing");
    for way in Way::ALL {
        let rows = record.next.iter().filter(|next| next.place == 1 && next.way == way);
        let line = rows.map(|next| (next.depth as f64, next.other as f64 / record.pairs as f64));
        chart = chart.line(way.name(), line);
    }
    save(CHAPTER, "push-needed", &chart.y_range(0.0, 1.0).draw()?)?;
    println!("\ntold to the end, of {}: a story of the other thing, of its own, of none", record.told_of);
    println!("and of the last those that begin with the other");
    println!(
        "a share of so many has a standard error of {:.2} at most",
        (0.25 / record.told_of as f64).sqrt()
    );
    for told in &record.told {
        let push = told.push.map_or("no push".to_owned(), |(place, depth, way)| {
            format!("pushed where {}, depth {depth}, {}", PLACES[place], way.name())
        });
        let none = record.told_of - told.other - told.own;
        println!("  then {push:<56}{:>5}{:>5}{none:>5}{:>6}", told.other, told.own, told.broken_other);
    }
    Ok(())
}
