//! # Exercise: kept
//!
//! A filter has given scores to good and to bad texts. There is room for `room` of them, at least one and not
//! more than there are; the highest scores are kept, and of texts with equal scores each has the same chance.
//! Return the share of bad texts that is to be expected among the kept.
//!
//! # Hints
//! - Which texts are kept for certain, and of which only some?
//! - Of k places for n equal texts of which b are bad, k b / n bad ones are to be expected.
#![allow(unused_variables)]

/// The expected share of bad texts among the kept.
pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    todo!("from the highest score down, equal ones together")
}
