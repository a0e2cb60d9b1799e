//! # Exercise: count the parameters
//!
//! A layer of attention with `model` numbers, `heads` heads and `groups` groups that share keys and
//! values. All four projections have biases. How many parameters does it have?
//!
//! # Hints
//! - Queries and output are `model` to `model`.
//! - Keys and values are `model` to `groups` times the size of a head, and a head has `model` /
//!   `heads` numbers.
#![allow(unused_variables)]

/// Weights and biases.
pub fn parameters(model: usize, heads: usize, groups: usize) -> usize {
    todo!("two square projections, two that may be narrower")
}
