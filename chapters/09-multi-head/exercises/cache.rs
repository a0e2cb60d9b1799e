//! # Exercise: how long a text fits
//!
//! While text is written, a key and a value are kept for each token, in each layer, for each group.
//! How many tokens fit into `bytes`, if every number takes 2 bytes?
//!
//! # Hints
//! - First the bytes of one token: how many numbers are kept for it?
//! - layers · groups · head_dim numbers of keys, as many of values, 2 bytes each.
#![allow(unused_variables)]

/// Tokens that fit.
pub fn tokens_that_fit(bytes: u64, layers: u64, groups: u64, head_dim: u64) -> u64 {
    todo!("divide")
}
