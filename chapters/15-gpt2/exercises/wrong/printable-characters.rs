//! Spells characters, and leaves those that have no number below 256.

pub fn spelled(text: &str) -> String {
    let prints = |code: u32| matches!(code, 33..=126 | 161..=172 | 174..);
    let spell = |c: char| {
        let code = u32::from(c);
        let count = (0..code.min(255)).filter(|&other| !prints(other)).count() as u32;
        if prints(code) { c } else { char::from_u32(0x100 + count).unwrap_or_default() }
    };
    text.chars().map(spell).collect()
}
