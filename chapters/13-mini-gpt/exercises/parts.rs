//! # Exercise: parts
//!
//! A batch is too large for memory, so it is computed in parts, which need not be equally long:
//! part i has `rows[i]` rows and the mean gradient `gradients[i]` over them. Put the mean gradient
//! of the whole batch together, then shorten it to length `clip` if it is longer.
//!
//! # Hints
//! - A part counts by its share of the rows. The mean of the parts' means is wrong unless all are
//!   equally long.
//! - Clip the sum, once: clipping the parts before they are added changes the direction.
#![allow(unused_variables)]

/// The gradient to step against.
pub fn gradient(gradients: &[Vec<f64>], rows: &[usize], clip: f64) -> Vec<f64> {
    todo!("a weighted sum, then one factor")
}
