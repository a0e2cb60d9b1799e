//! # Exercise: beam search
//!
//! `next` gives the probability of each token after a beginning; token 0 ends a text. Return the
//! most likely of the texts that beam search of the given `width` finds with at most `longest`
//! tokens, the final 0 included, and its probability.
//!
//! # Hints
//! - Keep a list of (text, probability).
//! - In each round, continue every text that has not ended by every token and put the ended ones
//!   beside them.
//! - Sort, and keep the best `width`; after `longest` rounds the first is the answer.
#![allow(unused_variables)]

/// The text and its probability.
pub fn beam(next: impl Fn(&[usize]) -> Vec<f64>, width: usize, longest: usize) -> (Vec<usize>, f64) {
    todo!("continue, sort, cut")
}
