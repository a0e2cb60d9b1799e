//! Looks for the whole stop string alone.

pub fn shown(text: &str, stop: &str) -> usize {
    text.find(stop).unwrap_or(text.len())
}
