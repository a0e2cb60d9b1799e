//! Divides whole numbers, which drops what is left.

pub fn bytes_per_character(text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { (text.len() / text.chars().count()) as f64 }
}
