//! What was found, in print and in a picture.

use super::record::{FILE, PLACES, Record, Way};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::load;

/// Prints and draws.
pub fn report() -> Result<()> {
    let record: Record = load(FILE)?;
    println!(
        "\nsteering: {} pairs, probes of {} stories ({}, {})",
        record.pairs, record.train, record.processor, record.date
    );
    println!("of {} pairs, how many go on with the other thing / with their own; length of the shift", record.pairs);
    for (place, name) in PLACES.iter().enumerate() {
        for way in Way::ALL {
            let rows = record.next.iter().filter(|next| next.place == place && next.way == way);
            let cells = rows.map(|next| format!("{:>4} /{:>4} {:>5.2}", next.other, next.own, next.length));
            println!("  {name:<7}{:<26}{}", way.name(), cells.collect::<Vec<_>>().join("  "));
        }
    }
    for (place, name) in ["where it is told", "just before it is needed"].iter().enumerate() {
        let mut chart = Chart::new(&format!("A push {name}"), "depth", "share that goes on with the other thing");
        for way in Way::ALL {
            let rows = record.next.iter().filter(|next| next.place == place && next.way == way);
            let line = rows.map(|next| (next.depth as f64, next.other as f64 / record.pairs as f64));
            chart = chart.line(way.name(), line);
        }
        save(CHAPTER, &format!("push-{}", PLACES[place]), &chart.y_range(0.0, 1.0).draw()?)?;
    }
    println!("\nwhat is told to the end, of 100: a story of the other thing / of its own / none; of the last, begun with the other");
    for told in &record.told {
        let push = told.push.map_or("no push".to_owned(), |(place, depth, way)| {
            format!("{}, depth {depth}, {}", PLACES[place], way.name())
        });
        println!("  {push:<46}{:>4} /{:>4} /{:>4}{:>6}", told.other, told.own, 100 - told.other - told.own, told.broken_other);
    }
    Ok(())
}
