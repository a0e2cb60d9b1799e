//! # Exercise: steer
//!
//! Return the *shortest* shift of `x` after which your own probe prefers class `to` to class `from` by
//! `margin`: added to x, it makes the score of `to` exactly so much higher than that of `from`. What the
//! probe says of other classes does not count. If `to` leads by the margin already, nothing is shifted.
//!
//! `probe` is what your `probe` returns: weights and bias of each class.
//!
//! # Hints
//! - How does the difference of the two scores change along a shift? It is a dot product with something.
//! - Of all shifts with the same dot product, the shortest points in the direction of that something.
//! - One number is left to find: how far.
#![allow(unused_variables)]

/// What is added to `x`.
pub fn steer(probe: &[(Vec<f64>, f64)], x: &[f64], from: usize, to: usize, margin: f64) -> Vec<f64> {
    todo!("the direction in which the lead changes fastest, and how far to go")
}
