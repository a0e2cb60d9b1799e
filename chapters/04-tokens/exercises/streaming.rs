//! # Exercise: half a character
//!
//! A model writes token by token, and a token can end in the middle of a character. Keep the bytes
//! that have come; after each token return the text that can be shown now: all whole characters
//! that have not been shown. The text is valid UTF-8 in the end.
//!
//! # Hints
//! - `std::str::from_utf8` fails with an error whose `valid_up_to()` says how many bytes are whole
//!   characters.
//! - Take these bytes out of `pending` (`drain`) and leave the rest.
#![allow(unused_variables)]

/// Adds the bytes of a token to `pending` and takes out all whole characters.
pub fn show(pending: &mut Vec<u8>, token: &[u8]) -> String {
    todo!("whole characters now, the rest later")
}
