//! # Exercise: what_fits
//!
//! A world has `people` people, of whom number r, counted from 1, is told about with a probability
//! proportional to 1/rˢ. Each has facts of `bits` bits. A model has read `documents` stories and has
//! room for `capacity` bits of facts. It learns whoever it is told about `threshold` times or more, the
//! often told first, and nobody by halves; when no whole person fits any more, it learns no further.
//!
//! Return the bits that the facts of a story then cost on average: nothing for a person who was learned,
//! `bits` for any other.
//!
//! # Hints
//! - Of D stories, D · p are about somebody whose probability is p.
//! - The people come in the order of their probability. Whoever is learned, then, is the first so many:
//!   two rules say how many, and the stricter one counts.
//! - A person who is not learned costs `bits` as often as there is a story about him or her.
#![allow(unused_variables)]

/// Bits that the facts of a story cost.
pub fn loss(people: usize, s: f64, bits: f64, documents: f64, threshold: f64, capacity: f64) -> f64 {
    todo!("who is learned, and how likely the others are")
}
