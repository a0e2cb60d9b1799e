//! # Exercise: cache size
//!
//! How many bytes does a KV cache hold after `tokens` tokens? Each layer keeps a key and a value
//! for each token, of `model` numbers each (all heads together), of four bytes. And how many
//! multiplications does the cache save for the next token? Count those of the four projections of
//! attention (4 · model²) and of the feed-forward network (2 · 4 · model²) that would otherwise be
//! computed again for all tokens before.
//!
//! # Hints
//! - Two times layers times tokens times model numbers.
//! - 12 · model² multiplications a layer and token.
#![allow(unused_variables)]

/// Bytes held.
pub fn bytes(layers: usize, model: usize, tokens: usize) -> usize {
    todo!("keys and values")
}

/// Multiplications that need not be done again.
pub fn saved(layers: usize, model: usize, tokens: usize) -> usize {
    todo!("12 model² for each layer and token")
}
