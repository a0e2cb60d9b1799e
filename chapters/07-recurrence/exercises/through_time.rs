//! # Exercise: back through time
//!
//! The same network, h ← tanh(w·x + u·h), without a bias and with h = 0 at first. Return the slope
//! of the last h by u.
//!
//! # Hints
//! - u is used at every step: each use has its share in the answer.
//! - Going backwards, keep the slope of the last h by the sum inside the current tanh: at the last
//!   step it is 1 − h².
//! - At each step that slope times the h *before* the step goes into the answer; times u and (1 −
//!   h²) of the step before it goes on.
#![allow(unused_variables)]

/// ∂h_T/∂u.
pub fn slope_by_u(inputs: &[f64], w: f64, u: f64) -> f64 {
    todo!("forwards once, backwards once")
}
