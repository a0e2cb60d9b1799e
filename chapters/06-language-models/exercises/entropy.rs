//! # Exercise: the floor of a tiny grammar
//!
//! A story begins with one of several beginnings, drawn with the probabilities `beginnings`; after
//! beginning i the end is drawn with the probabilities `ends[i]`. What is the entropy of a story in
//! bits?
//!
//! # Hints
//! - The entropy of a draw is −Σ p log₂ p; what has probability 0 adds nothing.
//! - By the chain rule: the entropy of the beginning, plus the mean of the entropies of the ends,
//!   weighted by how likely each beginning is.
#![allow(unused_variables)]

/// Bits in a story.
pub fn entropy(beginnings: &[f64], ends: &[Vec<f64>]) -> f64 {
    todo!("the chain rule")
}
