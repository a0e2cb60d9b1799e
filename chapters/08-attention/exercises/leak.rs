//! # Exercise: find the leak
//!
//! `model` gives one number for each token of a text. It leaks if the number at some position
//! depends on a token after it. Find out, for the text given, whether it does. Tokens are numbers
//! below `vocabulary`.
//!
//! # Hints
//! - Change one token, run the model again, and compare the numbers before that token.
//! - Do so for every token, and for every other value it could have: a model may notice only some
//!   changes.
#![allow(unused_variables)]

/// Whether the future changes the past.
pub fn leaks(model: impl Fn(&[usize]) -> Vec<f64>, text: &[usize], vocabulary: usize) -> bool {
    todo!("change, run, compare")
}
