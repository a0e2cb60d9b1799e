//! Goes on where not even one window fits.

/// The least number of pieces.
pub fn pieces(parameters: usize, rows: usize, kept: usize, memory: usize) -> Option<usize> {
    let left = memory.saturating_sub(16 * parameters);
    (1..=rows).find(|pieces| rows.div_ceil(*pieces) * kept <= left).or(Some(rows))
}
