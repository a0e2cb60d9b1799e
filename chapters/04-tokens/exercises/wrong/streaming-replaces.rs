//! Shows each token by itself: half a character becomes a replacement character.

pub fn show(_pending: &mut Vec<u8>, token: &[u8]) -> String {
    String::from_utf8_lossy(token).into_owned()
}
