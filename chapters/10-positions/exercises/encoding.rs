//! # Exercise: one number of the encoding
//!
//! Return number `n` of the encoding of `position` in `size` numbers: number 2i is
//! sin(position / 10000^(2i/size)), number 2i + 1 the cosine of the same.
//!
//! # Hints
//! - n / 2 is i, for both.
//! - Even n a sine, odd n a cosine of the same angle.
#![allow(unused_variables)]

/// PE(position, n).
pub fn encoding(position: usize, n: usize, size: usize) -> f64 {
    todo!("an angle, then a sine or a cosine")
}
