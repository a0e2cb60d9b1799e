//! # Exercise: count
//!
//! Count the parameters of a GPT with tied embeddings: a vector for each of `vocabulary` tokens and
//! each of `context` positions; in each of `layers` blocks four projections with biases, a
//! feed-forward network with `4 · model` hidden units and biases, and two norms with gain and bias;
//! one last norm.
//!
//! # Hints
//! - Tied: the output layer has no parameters of its own.
//! - A projection has model² + model, a norm 2 · model.
//! - The feed-forward network has 8 · model² + 5 · model.
#![allow(unused_variables)]

/// All parameters.
pub fn parameters(vocabulary: usize, context: usize, model: usize, layers: usize) -> usize {
    todo!("tables, blocks, one norm")
}
