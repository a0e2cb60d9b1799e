//! Tries the short ends first.

pub fn shown(text: &str, stop: &str) -> usize {
    if let Some(place) = text.find(stop) {
        return place;
    }
    if stop.starts_with(text) {
        return 0;
    }
    let places = text.char_indices().rev().map(|(place, _)| place);
    places.into_iter().find(|&place| stop.starts_with(&text[place..])).unwrap_or(text.len())
}
