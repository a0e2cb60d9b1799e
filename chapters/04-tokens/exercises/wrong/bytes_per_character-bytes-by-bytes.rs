//! Takes `len` for the number of characters.

pub fn bytes_per_character(text: &str) -> f64 {
    let characters = text.len();
    if text.is_empty() { 0.0 } else { text.len() as f64 / characters as f64 }
}
