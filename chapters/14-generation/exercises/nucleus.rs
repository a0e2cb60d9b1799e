//! # Exercise: nucleus
//!
//! Top-p keeps the fewest tokens, the likeliest first, whose probabilities together reach `top_p`,
//! and always at least one. Return the ids that are kept, the likeliest first; of equally likely
//! ones the smaller id goes first.
//!
//! # Hints
//! - Sort the ids by falling probability.
//! - A token is kept if those before it do not reach `top_p` yet.
#![allow(unused_variables)]

/// The ids of the nucleus.
pub fn nucleus(p: &[f64], top_p: f64) -> Vec<usize> {
    todo!("sort, then add up")
}
