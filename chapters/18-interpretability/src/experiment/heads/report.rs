//! Prints what was seen.

use super::record::{Looked, PART};
use crate::experiment::ledger::Ledger;
use anyhow::Result;

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Looked>::load(PART)?;
    println!("\nheads ({}, {})", ledger.processor, ledger.date);
    Ok(())
}
