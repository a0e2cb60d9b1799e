//! Bytes as the files of a tokenizer show them. They are texts, and hold no bytes: so that every
//! token can be written in them, each byte is shown as a printable character, its own if it has one
//! and the next free one from U+0100 on if not. A space is `Ġ`.

use std::collections::HashMap;
use std::sync::LazyLock;
use tokens::{Bpe, Merge};

// ANCHOR: characters
/// The byte that each character of the files stands for.
///
/// Tokens 0 to 255 are the bytes: first the 188 that print, each shown as itself, then the others,
/// shown as U+0100, U+0101 and so on.
pub(crate) fn bytes_of_characters() -> HashMap<char, u8> {
    let bytes = Bpe::from_merges(&[]).expect("no merges are no wrong merges");
    let character = |token: u32, byte: u8| {
        if token < 188 {
            char::from(byte)
        } else {
            char::from_u32(0x100 + token - 188).expect("below U+0144")
        }
    };
    (0..256).map(|token| (character(token, bytes.bytes_of(token)[0]), bytes.bytes_of(token)[0])).collect()
}

static BYTES: LazyLock<HashMap<char, u8>> = LazyLock::new(bytes_of_characters);
// ANCHOR_END: characters

/// The bytes that a string of the files stands for, if it is one of theirs.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| BYTES.get(&c).copied()).collect()
}

/// The bytes of the two tokens of a merge, if it is shown as the files show bytes.
pub(crate) fn spelled(left: &str, right: &str) -> Option<Merge> {
    Some((bytes(left)?, bytes(right)?))
}
