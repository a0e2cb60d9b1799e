//! # Exercise: the fourth corner
//!
//! `rows` holds the vector of each word. Return the word that is to `c` as `b` is to `a`: the one
//! of the highest cosine with b − a + c that is none of the three.
//!
//! # Hints
//! - Use `embeddings::space::cosine`.
//! - Exclude `a`, `b` and `c` before you look for the highest: they lie close to the target, and
//!   one of them can be the nearest.
#![allow(unused_variables)]

/// The fourth word.
pub fn analogy(rows: &[Vec<f64>], a: usize, b: usize, c: usize) -> usize {
    todo!("make the target, then look for the nearest")
}
