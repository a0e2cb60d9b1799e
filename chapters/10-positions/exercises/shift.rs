//! # Exercise: the encoding of a later position
//!
//! You get a whole encoding, but not the position that it belongs to. Return the encoding of the
//! position `shift` later.
//!
//! # Hints
//! - Number 2i and number 2i + 1 are sine and cosine of one angle a. You want those of a + b.
//! - b is `shift` / 10000^(2i/size), whatever a is.
//! - sin(a + b) = sin a cos b + cos a sin b, and cos(a + b) = cos a cos b − sin a sin b.
#![allow(unused_variables)]

/// PE(position + shift).
pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    todo!("turn each pair by its own angle")
}
