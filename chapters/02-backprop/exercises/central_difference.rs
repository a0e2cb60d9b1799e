//! # Exercise: the definition
//!
//! Compute the gradient of any function of several numbers by central differences with the step h:
//! the slope along coordinate i is (f(x + h eᵢ) − f(x − h eᵢ)) / 2h, where eᵢ moves coordinate i
//! alone.
//!
//! # Hints
//! - Copy x, change one entry, call f; do it for both signs.
//! - The two points lie 2h apart.
#![allow(unused_variables)]

/// The slope of `f` at `x` along each coordinate.
pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> Vec<f64> {
    todo!("two calls of f for each coordinate")
}
