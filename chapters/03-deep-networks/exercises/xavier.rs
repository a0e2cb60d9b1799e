//! # Exercise: the right size for tanh
//!
//! Near 0 tanh is nearly the identity, so it does not halve a signal as a ReLU does. With which
//! deviation must the weights of a layer with n inputs be drawn, so that a small signal keeps its
//! size? The judge sends one through twenty layers.
//!
//! # Hints
//! - A sum of n products of independent numbers, of variances s² (weights) and 1 (inputs), has the
//!   variance n · s².
//! - That variance should be 1.
#![allow(unused_variables)]

/// The deviation for weights that read `inputs` numbers and feed a tanh.
pub fn deviation(inputs: usize) -> f64 {
    todo!("a formula")
}
