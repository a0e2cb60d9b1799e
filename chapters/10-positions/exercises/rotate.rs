//! # Exercise: turn a query
//!
//! Turn each pair (x₂ᵢ, x₂ᵢ₊₁) of a query at `position` by position · 10000^(−2i/d), where d is its
//! size.
//!
//! # Hints
//! - A point (x, y) turned by φ is (x cos φ − y sin φ, x sin φ + y cos φ).
//! - Both come from the old x and y; `chunks(2)` gives the pairs.
#![allow(unused_variables)]

/// The query, turned.
pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    todo!("pair by pair")
}
