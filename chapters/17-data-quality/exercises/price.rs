//! # Exercise: price
//!
//! A share `dirt` of the texts comes from another source. A text costs `own` bits by the clean source and
//! `other` bits by the dirty one, each −log₂ of its probability there; `other` is infinite if the dirty
//! source never tells it. How many bits more than `own` does it cost somebody who knows both sources and
//! the share, and nothing else?
//!
//! Texts are long: a text of 3000 bits is no exception, and 2⁻³⁰⁰⁰ is 0 in an `f64`.
//!
//! # Hints
//! - The probability of the text is a mean of its probabilities by the two sources, weighted by their
//!   shares.
//! - Take the clean source's part out of the sum: what is left depends on `own - other` alone.
//! - If `own - other` is large, 2 to its power is too large for an `f64`: then take the other part out.
#![allow(unused_variables)]

/// Bits above what the clean source needs; below 0 if the dirty source knows the text better.
pub fn price(dirt: f64, own: f64, other: f64) -> f64 {
    todo!("the bits of the mixture, less own")
}
