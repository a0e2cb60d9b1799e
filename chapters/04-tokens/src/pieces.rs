//! Pre-tokenisation: cutting a text into pieces that no token may cross.
//!
//! GPT-2's rule (Radford et al. 2019) keeps words, numbers and signs apart, so that `dog`, `dog.`
//! and `dog!` share a token. A piece takes the space before it along. The rule is a regular
//! expression,
//!
//! `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
//!
//! where `\s+(?!\S)` means: of a run of white space before a word, leave the last for the word. The
//! `regex` crate has no such look ahead, and so runs in linear time; [`pieces`] looks ahead itself.

use regex::Regex;
use std::sync::LazyLock;

// ANCHOR: rule
static RULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+")
        .expect("the rule is well formed")
});
// ANCHOR_END: rule

// ANCHOR: pieces
/// The pieces of `text` in order. Put together they are the text.
///
/// ```
/// let pieces: Vec<&str> = tokens::pieces("It's  2 dogs!\n").collect();
/// assert_eq!(pieces, ["It", "'s", " ", " 2", " dogs", "!", "\n"]);
/// ```
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // Every character is a letter, a number, white space or none of them, so the rule matches
        // wherever text is left.
        let mut end = RULE.find(rest)?.end();
        let last = rest[..end].chars().next_back()?;
        // White space before a word: the last of it belongs to the word, unless it is all there is.
        if last.is_whitespace() && end < rest.len() && end > last.len_utf8() {
            end -= last.len_utf8();
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}
// ANCHOR_END: pieces

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_make_up_the_text(text in any::<String>()) {
            prop_assert_eq!(pieces(&text).collect::<String>(), text);
        }
    }

    #[test]
    fn the_space_goes_with_the_word() {
        let of = |text| pieces(text).collect::<Vec<&str>>();
        assert_eq!(of("a  b\n\n c"), ["a", " ", " b", "\n\n", " c"]);
        assert_eq!(of("end  "), ["end", "  "]);
        assert_eq!(of("猫とdog"), ["猫とdog"]);
    }

    #[test]
    fn a_hindi_word_is_cut_at_each_mark() {
        // The word for cat. A vowel sign is a mark in Unicode, and no letter.
        let cut: Vec<&str> = pieces("बिल्ली").collect();
        assert_eq!(cut, ["ब", "ि", "ल", "्", "ल", "ी"]);
        let letters = cut.iter().filter(|piece| Regex::new(r"^\p{L}$").unwrap().is_match(piece));
        let marks = cut.iter().filter(|piece| Regex::new(r"^\p{M}$").unwrap().is_match(piece));
        assert_eq!((letters.count(), marks.count()), (3, 3));
    }
}
