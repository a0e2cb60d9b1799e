//! # Exercise: which pair?
//!
//! Return the pair of neighbouring tokens that occurs most often; of equally frequent ones, the one
//! with the smaller ids (compare the left ids first). Overlapping occurrences count: in 1 1 1 the
//! pair (1, 1) occurs twice.
//!
//! # Hints
//! - `tokens.windows(2)` walks over all neighbours; a `BTreeMap` keeps its keys in order.
//! - `Iterator::max_by_key` returns the *last* of equal maxima: walk in reverse order.
#![allow(unused_variables)]

/// The most frequent pair, or nothing if there are fewer than two tokens.
pub fn most_frequent_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    todo!("count, then choose")
}
