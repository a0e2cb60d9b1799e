//! Draws what was seen.

use super::record::Learned;
use anyhow::Result;

pub fn draw(_runs: &[Learned]) -> Result<()> {
    Ok(())
}
