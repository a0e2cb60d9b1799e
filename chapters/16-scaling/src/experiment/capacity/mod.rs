//! How much fits into a parameter: `cargo run --release -p scaling -- capacity DATE` makes the runs
//! that are missing in `capacity.json`, in some ten minutes on two cores if there are none.

mod facts;
mod measure;
mod people;
mod plan;
mod record;
mod runs;
mod strings;

pub use measure::measure;

use anyhow::Result;
use record::Record;

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let record = Record::load()?;
    println!("\nhow much fits into a parameter: {}, {}", record.processor, record.date);
    strings::report(&record.strings)?;
    facts::report(&record.facts, &record.guesses)?;
    people::report(&record.people)
}
