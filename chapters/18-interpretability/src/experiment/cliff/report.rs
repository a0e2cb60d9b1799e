//! Prints what was seen.

use super::draw;
use super::record::{Learned, PART};
use crate::experiment::ledger::Ledger;
use anyhow::Result;

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Learned>::load(PART)?;
    println!("the cliff ({}, {})", ledger.processor, ledger.date);
    draw::draw(&ledger.runs)
}
