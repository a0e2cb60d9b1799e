//! # Exercise: draw a token
//!
//! Turn a number `u`, drawn evenly from
//! [0, 1), into a token: token i must come out with the probability `probabilities[i]`.
//!
//! # Hints
//! - Lay the probabilities side by side on a line from 0 to 1: into whose stretch does u fall?
//! - A stretch begins at its left end and ends before its right one: `<`, not `<=`.
//! - Rounding can leave the sum a little below 1: the last token takes what is left.
#![allow(unused_variables)]

/// The token into whose stretch `u` falls.
pub fn draw(probabilities: &[f64], u: f64) -> usize {
    todo!("walk along the line")
}
