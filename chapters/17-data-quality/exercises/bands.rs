//! # Exercise: bands
//!
//! You can afford `functions` hash functions, in bands of equal size; not all of them must be used. Pairs
//! with a Jaccard index of `near` must be found with a probability of at least `recall`. Return the number
//! of bands and of rows in each for which pairs with an index of `far` are found least often; of equally
//! good ones those with fewer functions. If nothing is good enough, return `None`.
//!
//! # Hints
//! - One band of r rows agrees with probability sʳ.
//! - All numbers of rows can be tried, and for each all numbers of bands.
#![allow(unused_variables)]

/// Bands and rows.
pub fn bands(functions: usize, near: f64, recall: f64, far: f64) -> Option<(usize, usize)> {
    todo!("all that are good enough, and the best of them")
}
