//! # Exercise: why divide?
//!
//! Dropout sets each number to 0 with probability p. For the mean to stay what it was, the others
//! must be multiplied by a factor. Given which numbers are kept, apply dropout to `x`.
//!
//! # Hints
//! - Of n equal numbers, about (1 − p) n stay. How much must each grow for their sum to stay the
//!   same?
//! - The factor is 1/(1 − p), however many happened to be kept.
#![allow(unused_variables)]

/// `x` with the numbers that are not kept set to 0 and the others scaled.
pub fn dropout(x: &[f64], kept: &[bool], p: f64) -> Vec<f64> {
    todo!("one expression")
}
