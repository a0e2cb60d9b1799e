//! # Exercise: layer norm
//!
//! Move `x` to the mean 0 and scale it to the variance 1. The variance is the mean of the squared
//! distances from the mean; add 1e-5 to it before you take its root.
//!
//! # Hints
//! - Mean, distances, mean of their squares, root, divide.
//! - The mean divides by how many numbers there are, both times.
#![allow(unused_variables)]

/// (x − mean) / √(variance + 1e-5).
pub fn layer_norm(x: &[f64]) -> Vec<f64> {
    todo!("two means")
}
