//! Always one window at a time.

/// The least number of pieces.
pub fn pieces(parameters: usize, rows: usize, kept: usize, memory: usize) -> Option<usize> {
    let left = memory.checked_sub(16 * parameters)?;
    (kept <= left).then_some(rows)
}
