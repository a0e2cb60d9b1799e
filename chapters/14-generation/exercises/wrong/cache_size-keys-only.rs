//! Keys without values.

pub fn bytes(layers: usize, model: usize, tokens: usize) -> usize {
    layers * tokens * model * 4
}

pub fn saved(layers: usize, model: usize, tokens: usize) -> usize {
    12 * model * model * layers * tokens
}
