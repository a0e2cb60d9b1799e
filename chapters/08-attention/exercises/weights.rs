//! # Exercise: who is looked at
//!
//! Return the weights of one query over `keys`: the softmax of the dot products, each divided by
//! the root of the query's size. Scores may be as large as 10,000.
//!
//! # Hints
//! - e^10000 is infinite, and infinity by infinity is not a number.
//! - Subtract the largest score from all: no weight changes.
#![allow(unused_variables)]

/// One weight for each key. They sum to 1.
pub fn weights(query: &[f64], keys: &[Vec<f64>]) -> Vec<f64> {
    todo!("scores, then a softmax that does not overflow")
}
