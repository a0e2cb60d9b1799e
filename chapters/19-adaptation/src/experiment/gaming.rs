//! To be measured: a reward that can be gamed.

use anyhow::Result;
use std::path::Path;

/// Measures anew, from the model in `run`.
pub fn measure(_date: &str, _run: &Path) -> Result<()> {
    Ok(())
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    Ok(())
}
