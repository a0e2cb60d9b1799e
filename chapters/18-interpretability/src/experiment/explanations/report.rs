//! What was found, in print and in pictures.

use super::record::{FILE, METHODS, Record, Slot};
use crate::experiment::CHAPTER;
use crate::experiment::table::head;
use anyhow::Result;
use figures::{HeatMap, save};
use kernels::measured::{load, mean_and_error};
use std::path::Path;

/// By method, for each pair, a number.
type Table = fn(&Slot) -> &Vec<Vec<f64>>;

/// Prints and draws the areas.
pub fn report() -> Result<()> {
    if !Path::new(FILE).exists() {
        println!("\nexplanations: not measured yet");
        return Ok(());
    }
    let record: Record = load(FILE)?;
    println!(
        "\nexplanations of one model: head {}.{} was chosen, area {:.3} on {} pairs of each slot ({}, {})",
        record.head.0, record.head.1, record.head_ranked, record.chosen_by, record.processor, record.date
    );
    println!("pairs that the model tells apart, and those in which the next token stands at a source");
    for slot in &record.slots {
        let n = slot.ranked[0].len();
        println!(
            "  pairs of {:<10}{n:>4} of {:>4} looked at, copied {:>3}, {:>5} positions between",
            slot.name, slot.looked_at, slot.copied, slot.distance
        );
    }
    let tables: [(&str, &str, Table); 3] = [
        ("area", "area under the curve (standard error), mean of the pairs", |slot| &slot.ranked),
        ("behind", "the same if the position behind a source counts as one", |slot| &slot.ranked_behind),
        ("top", "share of pairs in which the highest number stands at a source", |slot| &slot.pointed),
    ];
    for (short, title, of) in tables {
        println!("\n{title}");
        println!("{:<34}{}", "", head(record.slots.iter().map(|slot| &slot.name[..]), 14));
        for (method, name) in METHODS.iter().enumerate() {
            let cells = record.slots.iter().map(|slot| mean_and_error(&of(slot)[method]));
            let shown: Vec<String> = cells.map(|(mean, error)| format!("{mean:.3} ({error:.3})")).collect();
            println!("{:<34}{}", format!("{short}, {name}"), head(shown.iter().map(String::as_str), 14));
        }
    }
    let areas = |slot: &Slot| slot.ranked.iter().map(|ranked| mean_and_error(ranked).0).collect();
    let map = HeatMap::new("Area under the curve", record.slots.iter().map(areas).collect());
    let map = map.rows(record.slots.iter().map(|slot| slot.name.clone())).cols(METHODS);
    together(&record);
    Ok(save(CHAPTER, "areas", &map.with_numbers().draw()?)?)
}

/// All slots together: areas, shares of pairs in which the highest number stands at a source, and two methods
/// pair by pair.
fn together(record: &Record) {
    let all = |of: Table, method: usize| -> Vec<f64> {
        record.slots.iter().flat_map(|slot| of(slot)[method].clone()).collect()
    };
    println!(
        "\nall slots together: area, and how often the highest number stands at a source (standard errors)"
    );
    for (method, name) in METHODS.iter().enumerate() {
        let (area, error) = mean_and_error(&all(|slot| &slot.ranked, method));
        let (top, of_top) = mean_and_error(&all(|slot| &slot.pointed, method));
        println!("{:<34}{area:>8.3} ({error:.3}){top:>8.3} ({of_top:.3})", format!("all, {name}"));
    }
    let [gradient, occlusion] = ["length of gradient", "occlusion"].map(|name| {
        let method = METHODS.iter().position(|other| *other == name).expect("a method of that name");
        all(|slot| &slot.ranked, method)
    });
    let differences: Vec<f64> = gradient.iter().zip(&occlusion).map(|(one, other)| one - other).collect();
    let (mean, error) = mean_and_error(&differences);
    println!("pair by pair the gradient's area is above occlusion's by {mean:.3} ({error:.3})");
}
