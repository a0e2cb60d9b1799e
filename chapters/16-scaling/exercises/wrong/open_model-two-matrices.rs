//! Has GPT-2's feed-forward network.
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
    let attention = 2 * model * (heads + key_heads) * head_dim;
    let feed_forward = 2 * model * hidden;
    let norms = 2 * model;
    tables + layers * (attention + feed_forward + norms) + model
}
