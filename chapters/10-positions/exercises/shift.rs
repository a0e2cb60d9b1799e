//! # Exercise: the encoding of a later position
//!
//! You get a whole encoding, but not the position that it belongs to. Return the encoding of the
//! position `shift` later.
//!
//! # Hints
//! sin(a + b) = sin a cos b + cos a sin b, and cos(a + b) = cos a cos b − sin a sin b. b is
//! `shift` / 10000^(2i/size).
#![allow(unused_variables)]

/// PE(position + shift).
pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    todo!("turn each pair by its own angle")
}
