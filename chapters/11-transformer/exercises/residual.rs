//! # Exercise: how a signal passes through a deep stack
//!
//! Every layer computes f(x) = `slope` · x. Return by how much the output of `layers` layers rises
//! when the input rises by 1: once for a stack of f alone, once for a stack of x + f(x).
//!
//! # Hints
//! - Slopes multiply from layer to layer.
//! - That of x + f(x) is 1 + `slope`.
#![allow(unused_variables)]

/// (without residuals, with residuals)
pub fn slopes(slope: f64, layers: i32) -> (f64, f64) {
    todo!("two powers")
}
