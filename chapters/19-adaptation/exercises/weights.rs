//! # Exercise: weights
//!
//! A batch of examples is to teach answers. Each example is a prompt and its answer, given here by how many tokens
//! they have, and both are at least 1. A row of the batch is an example: the model reads all its tokens but
//! the last, and at each of them the target is the token that follows. Rows are as long as the longest needs; a shorter
//! one is filled up at its end with tokens that mean nothing.
//!
//! The loss of the batch is the sum over all targets of weight times loss. Return the weights, row by row, so that
//! it is the mean over all tokens of answers: every token of every answer counts alike, and nothing else counts.
//!
//! # Hints
//! - Write down the tokens, inputs and targets of one small example, and cross out what is not to count.
//! - The first token of an answer is the target of the last one of its prompt.
//! - What all weights sum to does not depend on the examples.
#![allow(unused_variables)]

/// A weight for every target of the batch; of each example the tokens of its prompt and of its answer.
pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    todo!("which targets count, and how much")
}
