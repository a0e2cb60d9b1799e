//! # Exercise: open model
//!
//! Count the parameters of a model in the form of Llama and Qwen from its configuration. There is a table of
//! tokens, and an output matrix of the same shape unless it is `tied` to the table. Each of `layers` blocks
//! has four projections for attention, with `heads` heads of queries and `key_heads` heads of keys and of
//! values, each `head_dim` wide; a feed-forward network with SwiGLU, `hidden` wide; and two norms. One more
//! norm follows the last block. Norms are RMSNorm, positions are rotary, and nothing has a bias.
//!
//! # Hints
//! - Rotary positions have no parameters. What does RMSNorm have that LayerNorm has, and what not?
//! - `heads · head_dim` need not be `model`: which two of the four projections does it concern?
//! - SwiGLU multiplies two projections of its input with each other before it projects back.
#![allow(unused_variables)]
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
    todo!("tables, blocks, one norm")
}
