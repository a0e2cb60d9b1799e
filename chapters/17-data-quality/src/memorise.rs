//! Memorisation in bits: how much of a story a model has learned by heart.
//!
//! Morris et al. (2025) call what a model knows about a text beyond what the process that wrote it explains
//! *unintended memorisation*, and measure it as the bits that the text costs by that process less those
//! that it costs by the model, where that is positive. They train a large model to stand for the process
//! of real text. Here the process is the grammar.

use crate::contamination::evidence;
use crate::judge::Cost;

// ANCHOR: memorised
/// Mean bits a story that a model knows of `read` and cannot know of stories that it has not read.
///
/// Of each story the bits below the floor, at the places that the grammar leaves open, if there are any. A
/// model that guesses is below the floor of some stories by luck: that is what `unread` stories are for.
///
/// # Panics
/// When a list is empty.
pub fn memorised(read: &[Vec<Cost>], unread: &[Vec<Cost>]) -> f64 {
    below(read) - below(unread)
}

/// Mean bits below the floor, of stories above it 0.
pub fn below(stories: &[Vec<Cost>]) -> f64 {
    assert!(!stories.is_empty(), "of no stories there is no mean");
    stories.iter().map(|costs| evidence(costs).max(0.0)).sum::<f64>() / stories.len() as f64
}
// ANCHOR_END: memorised

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::Kind;

    /// A story of one open word.
    fn story(bits: f64, floor: f64) -> Vec<Cost> {
        vec![Cost { bits, floor, kind: Kind::Choice, open: true }]
    }

    #[test]
    fn memorised_bits_by_hand() {
        // 5 and 1 bits below the floor, and 2 above it: 6 bits of three stories.
        let read = [story(1.0, 6.0), story(5.0, 6.0), story(8.0, 6.0)];
        assert_eq!(below(&read), 2.0);
        // What a guesser has by luck is taken off.
        let unread = [story(5.0, 6.0), story(9.0, 6.0)];
        assert_eq!(memorised(&read, &unread), 1.5);
        assert_eq!(memorised(&unread, &unread), 0.0);
    }
}
