//! # Exercise: how far a memory lasts
//!
//! With a forget gate of σ(bias), a fraction σ(bias)ᵏ of a memory is left after k steps. Return the
//! smallest bias, as a real number, with which at least `share` of it is left after `steps`.
//!
//! # Hints
//! - The gate must be the `steps`-th root of the share.
//! - The inverse of the sigmoid is ln(p / (1 − p)).
#![allow(unused_variables)]

/// The bias of the forget gate.
pub fn bias_for(share: f64, steps: u32) -> f64 {
    todo!("a root, then a logarithm")
}
