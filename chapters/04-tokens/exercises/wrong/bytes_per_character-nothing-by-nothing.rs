//! Divides 0 by 0.

pub fn bytes_per_character(text: &str) -> f64 {
    text.len() as f64 / text.chars().count() as f64
}
