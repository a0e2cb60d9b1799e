//! Nats.

pub fn bits_per_character(loss: f64, tokens: usize, characters: usize) -> f64 {
    loss * tokens as f64 / characters as f64
}
