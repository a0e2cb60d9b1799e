//! # Exercise: coverage
//!
//! How well does a dictionary know a list of things? `features[i][p]` is how strong feature i is at
//! position p, 0 where it is not active; `things[j][p]` says whether thing j is there. With a threshold
//! above 0 a feature claims the positions where it is at least so strong. For each thing take the feature
//! and the threshold with the best F₁, the harmonic mean of precision (the share of claimed positions where
//! the thing is) and recall (the share of the thing's positions that are claimed); where nothing right is
//! claimed it is 0. Return the mean over the things.
//!
//! # Hints
//! - Only the strengths themselves need be tried as thresholds.
//! - F₁ can be had from three counts without dividing twice.
//! - Two positions of equal strength are claimed together, or neither is.
#![allow(unused_variables)]

/// The mean over the things of the best F₁.
pub fn coverage(features: &[Vec<f64>], things: &[Vec<bool>]) -> f64 {
    todo!("for each thing every feature, for each feature every threshold")
}
