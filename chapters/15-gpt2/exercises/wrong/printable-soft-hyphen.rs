//! Takes byte 173, the soft hyphen, for printable.

pub fn spelled(text: &str) -> String {
    let prints = |byte: u8| matches!(byte, 33..=126 | 161..=255);
    let character = |byte: u8| {
        let code = if prints(byte) {
            u32::from(byte)
        } else {
            0x100 + (0..byte).filter(|&other| !prints(other)).count() as u32
        };
        char::from_u32(code).unwrap_or_default()
    };
    text.bytes().map(character).collect()
}
