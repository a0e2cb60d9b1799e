//! # Exercise: bits
//!
//! Two models have read the same text of `characters` characters. One cut it into `tokens` tokens
//! and lost `loss` nats a token on average. Return its bits a character, so that it can be compared
//! with the other, whose tokens are longer.
//!
//! # Hints
//! - All tokens together lost tokens · loss nats.
//! - A bit is ln 2 nats.
#![allow(unused_variables)]

/// Bits a character.
pub fn bits_per_character(loss: f64, tokens: usize, characters: usize) -> f64 {
    todo!("all nats, in bits, over all characters")
}
