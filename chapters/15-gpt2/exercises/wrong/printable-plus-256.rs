//! The others at 256 and their own number: right below 33.

pub fn spelled(text: &str) -> String {
    let prints = |byte: u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let code = |byte: u8| u32::from(byte) + if prints(byte) { 0 } else { 0x100 };
    text.bytes().map(|byte| char::from_u32(code(byte)).unwrap_or_default()).collect()
}
