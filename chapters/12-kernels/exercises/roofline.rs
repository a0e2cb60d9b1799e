//! # Exercise: roofline
//!
//! Predict the time of a linear layer's forward pass, y = x Wᵀ, from a roofline. `rows` vectors of
//! `inputs` numbers become vectors of `outputs` numbers, all in `f32`. Count a multiplication and
//! an addition for each weight and row; count every number of x, W and y as read or written once.
//! The pass takes as long as its arithmetic or as its traffic, whichever is longer.
//!
//! # Hints
//! - Operations / (gflops · 10⁹) and bytes / (gbs · 10⁹) are both seconds.
//! - x, W and y all travel, 4 bytes a number.
#![allow(unused_variables)]

/// Seconds on a machine with a peak of `gflops` · 10⁹ operations and `gbs` · 10⁹ bytes a second.
pub fn seconds(rows: usize, inputs: usize, outputs: usize, gflops: f64, gbs: f64) -> f64 {
    todo!("the longer of two times")
}
