//! # Exercise: one loss, three units
//!
//! A model's loss is given in nats per *token*; its tokens hold `characters_per_token` characters
//! on average. Return (perplexity per token, bits per character).
//!
//! # Hints
//! - Perplexity is e to the loss in nats, and it stays per token.
//! - A nat is 1/ln 2 bits; the bits of a token are shared by its characters.
#![allow(unused_variables)]

/// Perplexity per token, and bits per character.
pub fn convert(nats_per_token: f64, characters_per_token: f64) -> (f64, f64) {
    todo!("two formulas")
}
