//! Bytes by characters; nothing by nothing is 0.

/// Bytes divided by characters.
pub fn bytes_per_character(text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { text.len() as f64 / text.chars().count() as f64 }
}
