//! # Exercise: a recurrent network of one unit
//!
//! h starts at 0. For each input x, h becomes tanh(w·x + u·h + b). Return h after each input.
//!
//! # Hints
//! - One variable, one loop.
//! - Push h after the step: the 0 from before the first input is not asked for.
#![allow(unused_variables)]

/// The hidden state after each input.
pub fn unroll(inputs: &[f64], w: f64, u: f64, b: f64) -> Vec<f64> {
    todo!("carry h along")
}
