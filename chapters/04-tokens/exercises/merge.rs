//! # Exercise: merge
//!
//! Replace every occurrence of `pair` by `merged`, from left to right: in 1 1 1 the pair (1, 1) is
//! replaced once, and the last 1 stays.
//!
//! # Hints
//! - Walk with an index that moves by two after a replacement and by one otherwise.
//! - Compare `tokens[i..]` with the pair (`starts_with`): that is false where only one token is
//!   left.
#![allow(unused_variables)]

/// The tokens with `pair` replaced.
pub fn merge(tokens: &[u32], pair: (u32, u32), merged: u32) -> Vec<u32> {
    todo!("one pass")
}
