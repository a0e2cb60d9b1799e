//! What is kept, and what it saves.

/// Bytes held.
pub fn bytes(layers: usize, model: usize, tokens: usize) -> usize {
    2 * layers * tokens * model * 4
}

/// Multiplications that need not be done again.
pub fn saved(layers: usize, model: usize, tokens: usize) -> usize {
    12 * model * model * layers * tokens
}
