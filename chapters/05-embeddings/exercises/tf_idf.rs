//! # Exercise: what a word is worth
//!
//! `documents` are lists of word ids. Return the weight of `word` in each document: how often it
//! occurs there, times ln(documents / documents that have it). A word that no document has weighs
//! 0.
//!
//! # Hints
//! - Count first how many documents contain the word.
//! - If none does, there is nothing to divide by.
#![allow(unused_variables)]

/// The TF-IDF of one word in each document.
pub fn tf_idf(documents: &[Vec<usize>], word: usize) -> Vec<f64> {
    todo!("count, take a logarithm, multiply")
}
