//! Characters by tokens.

pub fn bits_per_character(loss: f64, tokens: usize, characters: usize) -> f64 {
    loss / std::f64::consts::LN_2 * characters as f64 / tokens as f64
}
