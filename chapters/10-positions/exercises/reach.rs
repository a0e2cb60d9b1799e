//! # Exercise: how far a head of ALiBi sees
//!
//! A head takes `slope` off the score for each step of distance. Two keys fit the query equally
//! well, one at distance 0, the other at a distance. From which distance on does the farther one
//! get less than one `share`-th of the weight of the nearer one?
//!
//! # Hints
//! - Weights are powers of e: the farther has e^(−slope · distance) of the nearer. Solve e^(−slope
//!   · distance) < 1/share for whole distances.
//! - Where the quotient is whole the two are equal, and equal is not less.
#![allow(unused_variables)]

/// The smallest such distance.
pub fn reach(slope: f64, share: f64) -> usize {
    todo!("a logarithm, rounded to the right side")
}
