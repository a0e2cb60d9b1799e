//! # Exercise: RMS norm
//!
//! Write RMSNorm as a kernel: forward and backward in plain loops over one row. y = gain · x / r
//! with r = √(mean of x² + ε), ε = 1e-5.
//!
//! # Hints
//! - dgain = dy · x̂, where x̂ = x / r.
//! - x stands in y twice: in the numerator and in r. Without the second, dx would be g / r with g =
//!   dy · gain.
//! - dx = (g − x̂ · mean(g · x̂)) / r: layer norm's formula without the mean of g, for there is no
//!   mean to move.
#![allow(unused_variables)]

/// y.
pub fn forward(x: &[f32], gain: &[f32]) -> Vec<f32> {
    todo!("one sum, then one pass")
}

/// dx and dgain.
pub fn backward(x: &[f32], gain: &[f32], dy: &[f32]) -> (Vec<f32>, Vec<f32>) {
    todo!("two sums, then one pass")
}
