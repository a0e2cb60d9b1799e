//! What was found, in print and in pictures.

use super::record::{FILE, METHODS, Record};
use crate::experiment::CHAPTER;
use crate::experiment::table::{head, row};
use anyhow::Result;
use figures::{Chart, HeatMap, save};
use kernels::measured::{load, mean_and_error};

/// Prints and draws.
pub fn report() -> Result<()> {
    let record: Record = load(FILE)?;
    println!(
        "\nexplanations: head {} of block {} was chosen, area {:.3} on {} pairs of each slot ({}, {})",
        record.head.1, record.head.0, record.head_ranked, record.chosen_by, record.processor, record.date
    );
    println!("pairs that the model tells apart, and those in which the next token stands at a source");
    for slot in &record.slots {
        let n = slot.ranked[0].len();
        println!(
            "  pairs of {:<10}{n:>4} of {:>4} looked at, copied {:>3}",
            slot.name, slot.looked_at, slot.copied
        );
    }
    println!("\narea under the curve (standard error), mean of the pairs");
    println!("{:<28}{}", "", head(record.slots.iter().map(|slot| &slot.name[..]), 14));
    let mut areas = Vec::new();
    for (method, name) in METHODS.iter().enumerate() {
        let cells: Vec<(f64, f64)> =
            record.slots.iter().map(|slot| mean_and_error(&slot.ranked[method])).collect();
        let shown: Vec<String> =
            cells.iter().map(|(area, error)| format!("{area:.3} ({error:.3})")).collect();
        let shown = head(shown.iter().map(String::as_str), 14);
        println!("{:<28}{shown}", format!("area, {name}"));
        areas.push(cells.iter().map(|cell| cell.0).collect::<Vec<f64>>());
    }
    println!("\nshare of pairs in which the highest number stands at a source");
    for (method, name) in METHODS.iter().enumerate() {
        let shown = row(&record.slots.iter().map(|slot| slot.pointed[method]).collect::<Vec<_>>(), 14, 2);
        println!("{:<28}{shown}", format!("top, {name}"));
    }
    let words = record.slots.iter().map(|slot| slot.name.clone());
    let map = HeatMap::new("Area under the curve of each explanation", areas).rows(METHODS).cols(words);
    save(CHAPTER, "areas", &map.with_numbers().draw()?)?;
    curves(&record)
}

/// How many sources are found if this share of the other positions is looked at too; all slots together.
fn curves(record: &Record) -> Result<()> {
    println!("\nall slots together: area, and share at the top");
    let mut chart = Chart::new(
        "How soon is the source met?",
        "share of other positions ranked above it",
        "share of pairs",
    );
    for (method, name) in METHODS.iter().enumerate() {
        let mut above: Vec<f64> =
            record.slots.iter().flat_map(|slot| slot.ranked[method].iter().map(|r| 1.0 - r)).collect();
        above.sort_by(f64::total_cmp);
        let n = above.len() as f64;
        let (area, error) = mean_and_error(&above.iter().map(|above| 1.0 - above).collect::<Vec<_>>());
        let pointed =
            record.slots.iter().map(|slot| slot.pointed[method]).sum::<f64>() / record.slots.len() as f64;
        println!("{:<28}{area:>8.3} ({error:.3}){pointed:>8.2}", format!("all, {name}"));
        let steps = (0..=50).map(|i| {
            let x = f64::from(i) / 50.0;
            (x, above.iter().filter(|above| **above <= x + 1e-9).count() as f64 / n)
        });
        if !["recency", "attention rollout", "gradient"].contains(name) {
            chart = chart.line(name, steps);
        }
    }
    Ok(save(CHAPTER, "explained", &chart.x_range(0.0, 1.0).y_range(0.0, 1.0).draw()?)?)
}
