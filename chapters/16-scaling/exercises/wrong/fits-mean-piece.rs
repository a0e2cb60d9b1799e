//! Looks at a piece of the mean size.

/// The least number of pieces.
pub fn pieces(parameters: usize, rows: usize, kept: usize, memory: usize) -> Option<usize> {
    let left = memory.checked_sub(16 * parameters)?;
    (1..=rows).find(|pieces| rows * kept / *pieces <= left)
}
