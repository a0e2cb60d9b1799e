//! Holds back the first character of the stop string, and no more.

pub fn shown(text: &str, stop: &str) -> usize {
    if let Some(place) = text.find(stop) {
        return place;
    }
    let first = stop.chars().next().unwrap_or_default();
    if text.ends_with(first) { text.len() - first.len_utf8() } else { text.len() }
}
