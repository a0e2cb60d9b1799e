//! # Exercise: printable
//!
//! GPT-2's files show each byte as a printable character: bytes 33 to 126, 161 to 172 and 174 to
//! 255 as the character of that number, and the others, in ascending order, as the characters from
//! U+0100 on. Show a text so.
//!
//! # Hints
//! - Which of the others is a byte? Count those below it: byte 0 is the first, U+0100, and a space
//!   the 33rd, U+0120, Ġ.
//! - Byte 173 is one of the others, too.
#![allow(unused_variables)]

/// The bytes of `text` in the spelling of GPT-2's files.
pub fn spelled(text: &str) -> String {
    todo!("a character for each byte")
}
