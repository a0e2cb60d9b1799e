//! Gives keys and values as many heads as queries.
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
    let _ = key_heads;
    let attention = 4 * model * heads * head_dim;
    let feed_forward = 3 * model * hidden;
    let norms = 2 * model;
    tables + layers * (attention + feed_forward + norms) + model
}
