//! Counts characters where bytes are asked for.

pub fn shown(text: &str, stop: &str) -> usize {
    let end = text.find(stop).unwrap_or_else(|| {
        let places = text.char_indices().map(|(place, _)| place);
        places.into_iter().find(|&place| stop.starts_with(&text[place..])).unwrap_or(text.len())
    });
    text[..end].chars().count()
}
