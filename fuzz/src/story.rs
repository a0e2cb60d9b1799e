//! The reader of stories: chapter 6.

use language_models::story;

/// Reads a text as a story, as stories, and counts the stories in it.
pub fn read(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    match story::read(&text) {
        Ok(reading) => {
            assert!(reading.bits.len() <= text.len());
            assert!(reading.bits.iter().all(|bits| bits.is_finite() && *bits >= 0.0));
            assert_eq!(story::kinds(&text).expect("it was read").len(), reading.bits.len());
        }
        Err(error) => {
            assert!(error.at <= text.len());
            assert_eq!(story::kinds(&text), Err(error));
        }
    }
    let whole = story::read_all(&text);
    match &whole {
        Ok(bits) => assert_eq!(bits.len(), text.len()),
        Err(error) => assert!(error.at <= text.len()),
    }
    let (told, all) = story::count_stories(&text);
    assert!(told <= all && all <= text.len());
    whole.is_ok()
}
