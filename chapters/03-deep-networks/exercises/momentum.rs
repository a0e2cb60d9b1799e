//! # Exercise: a ball that keeps rolling
//!
//! Write one step of gradient descent with momentum for a list of parameters: m ← β m + g, then
//! θ ← θ − lr · m.
//!
//! # Hints
//! - Update m first; the parameter moves by the new m.
//! - The rate is no part of m: it may change from step to step.
#![allow(unused_variables)]

/// One step: changes `theta` and `m`.
pub fn momentum(theta: &mut [f64], m: &mut [f64], g: &[f64], lr: f64, beta: f64) {
    todo!("two lines in a loop")
}
