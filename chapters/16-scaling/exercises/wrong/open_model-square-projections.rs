//! Takes the heads to be as wide as the stream together.
#![allow(clippy::too_many_arguments)] // the lines of a configuration

/// All parameters.
pub fn parameters(
    vocabulary: usize,
    model: usize,
    heads: usize,
    key_heads: usize,
    head_dim: usize,
    hidden: usize,
    layers: usize,
    tied: bool,
) -> usize {
    let tables = if tied { 1 } else { 2 } * vocabulary * model;
    let _ = heads;
    let attention = 2 * model * (model + key_heads * head_dim);
    let feed_forward = 3 * model * hidden;
    let norms = 2 * model;
    tables + layers * (attention + feed_forward + norms) + model
}
