//! # Exercise: shingles
//!
//! Return the different runs of `n` words of a text. Words are parted by blanks; capitals are made small
//! and signs of punctuation at the ends of a word do not count. A text with fewer than `n` words (but at
//! least one) has one run: all of them.
//!
//! # Hints
//! - `trim_matches` takes a test of a character.
//! - `windows` gives the runs, and gives none where there are too few words.
#![allow(unused_variables)]

use std::collections::BTreeSet;

/// The runs, each as its words with one blank between them.
pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    todo!("words, then runs of them")
}
