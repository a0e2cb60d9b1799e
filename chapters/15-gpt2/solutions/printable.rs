//! A character for each byte.

/// The bytes of `text` in the spelling of GPT-2's files.
pub fn spelled(text: &str) -> String {
    let prints = |byte: u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let character = |byte: u8| {
        let code = if prints(byte) {
            u32::from(byte)
        } else {
            0x100 + (0..byte).filter(|&other| !prints(other)).count() as u32
        };
        char::from_u32(code).expect("below U+0144")
    };
    text.bytes().map(character).collect()
}
