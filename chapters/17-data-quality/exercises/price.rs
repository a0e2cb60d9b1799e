//! # Exercise: price
//!
//! A share q of the texts that somebody reads will come from another source. Who learns perfectly knows both
//! sources and the share, and nothing else. `texts` are clean texts: of each the bits that it costs by the
//! clean source, and by the other one, both −log₂ of its probability there; the second is infinite if the
//! other source never tells the text. Return the largest share q, from 0 to 1, with which these texts
//! cost the perfect learner on average at most `budget` bits more than by the clean source. `budget` is
//! not negative.
//!
//! Texts are long: a text of 3000 bits is no exception, and 2⁻³⁰⁰⁰ is 0 in an `f64`, as 2³⁰⁰⁰ is infinite.
//!
//! # Hints
//! - The probability of a text is a mean of its probabilities by the two sources, weighted by their shares.
//! - Take the clean source's part out of the sum: what is left depends on the difference of the two numbers.
//! - What the texts cost on average may fall at first, but once it rises with q it never falls again. So
//!   halve an interval until it has no more digits.
#![allow(unused_variables)]

/// The largest share of dirt that costs these texts at most so many bits on average.
pub fn most_dirt(texts: &[(f64, f64)], budget: f64) -> f64 {
    todo!("what a share costs, and the largest that costs little enough")
}
