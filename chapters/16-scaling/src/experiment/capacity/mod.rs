//! How much fits into a parameter: `cargo run --release -p scaling -- capacity DATE` makes the runs
//! that are missing in `capacity.json`, `-- slopes DATE` those of `slopes.json`, each in some minutes on two
//! cores if there are none.

mod facts;
mod measure;
mod people;
mod plan;
mod record;
mod runs;
mod strings;

pub use measure::{measure, measure_slopes};

use anyhow::Result;
use record::{Kept, Record, Slopes};

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let record = Record::load()?;
    println!("\nhow much fits into a parameter: {}, {}", record.processor, record.date);
    strings::report(&record.strings)?;
    facts::report(&record.facts, &record.guesses)?;
    let slopes = Slopes::load()?;
    println!("\na slope before training: {}, {}", slopes.processor, slopes.date);
    people::report(&slopes.people)
}
