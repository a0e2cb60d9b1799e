//! # Exercise: what a character costs
//!
//! How many bytes does a character of `text` take on average, in UTF-8? Return 0 for an empty text.
//!
//! # Hints
//! - `str::len` counts bytes, `chars().count()` characters.
//! - Divide as `f64`: whole numbers drop what is left.
#![allow(unused_variables)]

/// Bytes divided by characters.
pub fn bytes_per_character(text: &str) -> f64 {
    todo!("a division")
}
