//! All nats, in bits, over all characters.

/// Bits a character.
pub fn bits_per_character(loss: f64, tokens: usize, characters: usize) -> f64 {
    loss * tokens as f64 / std::f64::consts::LN_2 / characters as f64
}
