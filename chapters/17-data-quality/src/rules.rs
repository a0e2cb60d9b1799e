//! Rules by length and look: what needs no model.
//!
//! The rules on words are those of Gopher (Rae et al. 2021, appendix A): too short or too long, words of
//! odd lengths, too many signs, lists and cut-off lines, and no everyday words. The rules on lines follow
//! C4 (Raffel et al. 2020): a line of a text ends in a punctuation mark, a menu's does not.

use std::ops::RangeInclusive;
use thiserror::Error;

/// Which rule a text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
pub enum Broken {
    /// Too few words, or too many.
    #[error("too short or too long")]
    Length,
    /// Words that are too short or too long on average.
    #[error("words of an odd length")]
    WordLength,
    /// More than one # to ten words, or more than one ….
    #[error("too many signs")]
    Symbols,
    /// More than nine of ten lines begin like items of a list.
    #[error("a list")]
    Bullets,
    /// More than three of ten lines end in "…".
    #[error("cut-off lines")]
    Ellipses,
    /// More than a fifth of the words have no letter.
    #[error("words without letters")]
    NoLetters,
    /// Fewer than two of eight everyday English words.
    #[error("no everyday words")]
    NoStopWords,
    /// A curly bracket or "lorem ipsum": code, or a page that waits for its text.
    #[error("code or filler")]
    Filler,
}

/// The words of which a text must have two.
const STOP_WORDS: [&str; 8] = ["the", "be", "to", "of", "and", "that", "have", "with"];

// ANCHOR: rules
/// What is asked of a text. The default is what Gopher asked; [`Broken::Filler`] is C4's.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// How many words it may have.
    pub words: RangeInclusive<usize>,
    /// How many characters a word may have on average.
    pub word_length: RangeInclusive<f64>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { words: 50..=100_000, word_length: 3.0..=10.0 }
    }
}

impl Rules {
    /// The first rule that `text` breaks.
    pub fn broken(&self, text: &str) -> Option<Broken> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let n = words.len() as f64;
        let share = |count: usize| count as f64 / n;
        let characters = words.iter().map(|word| word.chars().count()).sum();
        let hashes = text.matches('#').count();
        let ellipses = text.matches('…').count() + text.matches("...").count();
        let letterless = words.iter().filter(|word| !word.chars().any(char::is_alphabetic)).count();
        let lines = text.lines().count() as f64;
        let of_lines =
            |what: fn(&str) -> bool| text.lines().filter(|line| what(line)).count() as f64 / lines;
        let rules = [
            (Broken::Length, !self.words.contains(&words.len())),
            (Broken::WordLength, !self.word_length.contains(&share(characters))),
            (Broken::Symbols, share(hashes) > 0.1 || share(ellipses) > 0.1),
            (Broken::Bullets, of_lines(|line| line.starts_with(['*', '-', '•'])) > 0.9),
            (Broken::Ellipses, of_lines(|line| line.ends_with('…') || line.ends_with("...")) > 0.3),
            (Broken::NoLetters, share(letterless) > 0.2),
            (Broken::NoStopWords, stop_words(&words) < 2),
            (Broken::Filler, text.contains(['{', '}']) || text.to_lowercase().contains("lorem ipsum")),
        ];
        rules.into_iter().find_map(|(rule, broken)| broken.then_some(rule))
    }
}

/// How many of [`STOP_WORDS`] occur.
fn stop_words(words: &[&str]) -> usize {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    STOP_WORDS.iter().filter(|stop| words.iter().any(|word| bare(word) == **stop)).count()
}

/// The lines that end like a sentence: in a full stop, an exclamation or a question mark or a quotation
/// mark. What a page's menu, its buttons and its footer say is gone.
pub fn keep_sentences(text: &str) -> String {
    let ends = ['.', '!', '?', '"', '\u{201d}', '。'];
    let kept: Vec<&str> = text.lines().filter(|line| line.ends_with(ends)).collect();
    kept.join("\n")
}
// ANCHOR_END: rules

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::tell;
    use tensors::seeds;

    /// A text that breaks no rule.
    fn good() -> String {
        "The cat sat with the dog, and both of them looked at the rain.\n".repeat(4)
    }

    #[test]
    fn each_rule_refuses_what_it_says_and_a_story_breaks_none() {
        let lines = |line: &str| format!("{line}\n").repeat(12);
        for (text, rule) in [
            ("The end of the tale.".to_owned(), Broken::Length),
            ("the ".repeat(100_001), Broken::Length),
            ("to be of a to be of a ".repeat(10), Broken::WordLength),
            ("the incomprehensibilities of incomprehensibilities ".repeat(20), Broken::WordLength),
            (good() + &"#tag and ".repeat(8), Broken::Symbols),
            (good() + &"… and ".repeat(8), Broken::Symbols),
            (lines("- bread and butter with the cheese"), Broken::Bullets),
            (lines("they went to the end of the lane and ten other places ..."), Broken::Ellipses),
            (good() + &"123 456 ".repeat(20), Broken::NoLetters),
            ("Katze Hund Maus Vogel Fisch ".repeat(20), Broken::NoStopWords),
            (good() + "fn main() {}", Broken::Filler),
            (good() + "Lorem ipsum dolor.", Broken::Filler),
        ] {
            assert_eq!(Rules::default().broken(&text), Some(rule), "{text}");
        }
        assert_eq!(Rules::default().broken(&good()), None);
        // Each sign for itself: six of each to 80 words are not too many.
        assert_eq!(Rules::default().broken(&(good() + &"#tag … and the ".repeat(6))), None);
        let mut rng = seeds::generator(1);
        assert!((0..200).all(|_| Rules::default().broken(tell(&mut rng).trim_end()).is_none()));
    }

    #[test]
    fn the_limits_themselves_are_allowed() {
        let of = |n: usize| "with that ".repeat(n / 2) + if n % 2 == 1 { "then" } else { "" };
        let broken = |n| Rules::default().broken(of(n).trim());
        assert_eq!([49, 50, 100_000, 100_001].map(|n| broken(n).is_some()), [true, false, false, true]);
    }

    #[test]
    fn a_menu_is_no_sentence() {
        assert_eq!(
            keep_sentences("Home | About\nIt rained.\n\"Stay,\" he said\n\"No!\""),
            "It rained.\n\"No!\""
        );
    }
}
