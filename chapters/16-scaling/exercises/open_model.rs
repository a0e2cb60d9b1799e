//! # Exercise: open model
//!
//! Count the parameters of a model in the form of Llama and Qwen, as on the page of the bill, but with
//! **experts**, as Mixtral has them: in the place of one feed-forward network each block has several, and a router, which
//! for each token gives every expert a score, by a matrix without bias. The token is sent through the few
//! experts with the highest scores. So not all parameters are used for a token, and there are two counts.
//!
//! There is a table of tokens, and an output matrix of the same shape unless it is `tied` to the table. Each
//! of `layers` blocks has four projections for attention, with `heads` heads of queries and `key_heads` heads
//! of keys and of values, each `head_dim` wide; `experts` networks with SwiGLU, each `hidden` wide, of which
//! a token is sent to `active`; and two norms. One more norm follows the last block. Norms are RMSNorm,
//! positions are rotary, and nothing has a bias. A table counts as used.
//!
//! # Hints
//! - Rotary positions have no parameters. What does RMSNorm have that LayerNorm has, and what not?
//! - `heads · head_dim` need not be `model`: which two of the four projections does it concern?
//! - Which experts have to be scored before one knows where to send a token?
#![allow(unused_variables)]

/// All parameters, and those that one token uses.
pub fn parameters(
    vocabulary: usize,
    model: usize,
    [heads, key_heads, head_dim]: [usize; 3],
    hidden: usize,
    layers: usize,
    tied: bool,
    [experts, active]: [usize; 2],
) -> [usize; 2] {
    todo!("tables, blocks, one norm, twice")
}
