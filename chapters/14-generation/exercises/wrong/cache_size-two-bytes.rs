//! Numbers of two bytes.

pub fn bytes(layers: usize, model: usize, tokens: usize) -> usize {
    2 * layers * tokens * model * 2
}

pub fn saved(layers: usize, model: usize, tokens: usize) -> usize {
    12 * model * model * layers * tokens
}
