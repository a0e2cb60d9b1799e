//! # Exercise: a mask with a window
//!
//! Some models let each token look at itself and at the `window` − 1 tokens before it, and no
//! further. Return that mask for `seq` tokens: row i, column j is 0 if i may look at j, and −∞ if
//! not.
//!
//! # Hints
//! - Two conditions: not ahead, and not too far back.
//! - j ≤ i, and then i − j < window.
#![allow(unused_variables)]

/// The mask, row by row.
pub fn sliding_mask(seq: usize, window: usize) -> Vec<Vec<f64>> {
    todo!("two conditions")
}
