//! Always holds back as much as a stop string less one.

pub fn shown(text: &str, stop: &str) -> usize {
    text.find(stop).unwrap_or_else(|| text.len().saturating_sub(stop.len() - 1))
}
