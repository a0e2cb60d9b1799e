//! One matrix of the feed-forward network.

pub fn bytes(layers: usize, model: usize, tokens: usize) -> usize {
    2 * layers * tokens * model * 4
}

pub fn saved(layers: usize, model: usize, tokens: usize) -> usize {
    8 * model * model * layers * tokens
}
