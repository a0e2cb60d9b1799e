//! # Exercise: decontaminate
//!
//! Return which training texts may stay (their places, in ascending order): those that share no run of
//! `n` words with any text of the test. `shingles` is your own of the first exercise; it is given as an
//! argument. A text with fewer than `n` words is one run to it. Such a run is no evidence: a training text
//! that is so short always stays, and a test text that is so short forbids nothing.
//!
//! # Hints
//! - First all runs of the test, then one training text after another.
//! - A run that counts has n words.
#![allow(unused_variables)]

use std::collections::BTreeSet;

/// The places of the texts that may stay.
pub fn decontaminate(
    train: &[&str],
    test: &[&str],
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
) -> Vec<usize> {
    todo!("the test's runs, then the texts that have none of them")
}
