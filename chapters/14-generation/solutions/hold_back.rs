//! All but an end that may become a stop string.

/// How many bytes can be shown.
pub fn shown(text: &str, stop: &str) -> usize {
    if let Some(place) = text.find(stop) {
        return place;
    }
    let places = text.char_indices().map(|(place, _)| place);
    places.into_iter().find(|&place| stop.starts_with(&text[place..])).unwrap_or(text.len())
}
