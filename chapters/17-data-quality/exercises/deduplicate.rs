//! # Exercise: deduplicate
//!
//! Your runs of words and your bands together take near copies out of a corpus. Return the places of the
//! texts that stay, in ascending order: the first of texts that are alike stays. A text is like another if
//! of one band of their signatures all numbers are equal; equal numbers in different bands are no match.
//! What was taken out is forgotten: a text that is like it, and like nothing that stayed, stays.
//!
//! `shingles` is your own of that exercise, for runs of `n` words. `signature` gives for a set of runs at
//! least `bands` times `rows` numbers; the first `rows` of them are the first band, and so on, and what is
//! left over counts for nothing.
//!
//! # Hints
//! - No pair need be compared: remember the bands of what stayed.
//! - A band is its place and its numbers.
//! - Ask all bands of a text before you remember any of them.
#![allow(unused_variables)]

use std::collections::BTreeSet;

/// The places of the texts that stay.
pub fn deduplicate(
    texts: &[&str],
    (bands, rows): (usize, usize),
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
    signature: &dyn Fn(&BTreeSet<String>) -> Vec<u32>,
) -> Vec<usize> {
    todo!("the bands of each text, and whether one of them is known")
}
