//! Keeps nothing but the weights.

/// The least number of pieces.
pub fn pieces(parameters: usize, rows: usize, kept: usize, memory: usize) -> Option<usize> {
    let left = memory.checked_sub(4 * parameters)?;
    (1..=rows).find(|pieces| rows.div_ceil(*pieces) * kept <= left)
}
