//! Takes `len` for the number of characters.

pub fn bytes_per_character(text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { text.bytes().count() as f64 / text.len() as f64 }
}
