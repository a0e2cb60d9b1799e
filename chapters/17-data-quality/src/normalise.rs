//! Normalising: the same text in the same bytes.
//!
//! "é" can be one character or two (e and an accent), a blank can be one of some twenty, and a line
//! can end in three ways. To a tokenizer they are different texts, to a hash as well.
//!
//! Single blanks are right for stories. Whoever keeps programs needs another form: there the blanks at the
//! beginning of a line have a meaning, and here they are lost.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

// ANCHOR: normalise
/// `text` in Unicode's normal form C, with single blanks, lines without blanks at their ends, no empty
/// lines, and no control characters or marks that have no width.
///
/// ```
/// use data_quality::normalise::normalise;
/// assert_eq!(normalise("cafe\u{301}\u{a0}\t noir \r\n\r\n\u{feff}\u{7}ok"), "café noir\nok");
/// ```
pub fn normalise(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    // The blank before the next character, if it comes.
    let mut gap = None;
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => gap = Some('\n'),
            _ if c.is_whitespace() => gap = gap.or(Some(' ')),
            // A byte order mark, a blank without width or a soft hyphen is not seen.
            '\u{feff}' | '\u{200b}' | '\u{ad}' => {}
            _ if c.is_control() => {}
            _ => {
                if let Some(blank) = gap.take().filter(|_| !clean.is_empty()) {
                    clean.push(blank);
                }
                clean.push(c);
            }
        }
    }
    // Nearly all text is in normal form already, and to find that out costs less than to make it anew.
    if is_nfc(&clean) { clean } else { clean.nfc().collect() }
}
// ANCHOR_END: normalise

// ANCHOR: words
/// The words of a text for comparing: runs of letters, digits and what joins them, in lower case. Whether
/// somebody writes "Well, WELL!" or "well well" makes no difference.
pub fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let letters = |c: char| c.is_alphanumeric() || c == '\'' || c == '\u{2019}';
    let runs = text.split(move |c| !letters(c)).map(|run| run.trim_matches(['\'', '\u{2019}']));
    runs.filter(|run| !run.is_empty()).map(lower_case)
}

/// Most words are written in lower case already, and need not be copied.
fn lower_case(word: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}
// ANCHOR_END: words

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        super::words(text).map(Cow::into_owned).collect()
    }

    /// The same, with a copy of every word.
    fn plain(text: &str) -> Vec<String> {
        let letters = |c: char| c.is_alphanumeric() || c == '\'' || c == '\u{2019}';
        let runs = text.split(|c| !letters(c)).map(|run| run.trim_matches(['\'', '\u{2019}']));
        runs.filter(|run| !run.is_empty()).map(str::to_lowercase).collect()
    }

    proptest! {
        #[test]
        fn words_that_are_not_copied_are_the_same(text in any::<String>(), some in "[a-cA-CéÉΣσǅ' ,\u{2019}]{0,40}") {
            prop_assert_eq!(words(&text), plain(&text));
            prop_assert_eq!(words(&some), plain(&some));
        }

        #[test]
        fn normalising_twice_is_normalising_once(text in "\\PC{0,40}[ \\t\\r\\n\u{301}e\u{feff}]{0,10}\\PC{0,9}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert!(!once.contains("\n\n") && !once.contains("  ") && once.trim() == once, "{:?}", once);
        }

        #[test]
        fn only_blanks_and_what_is_not_seen_is_lost(text in "[a-zé猫🐱 \\t\\n\u{7}\u{200b}]{0,40}") {
            let seen = |text: &str| text.chars().filter(|c| c.is_alphanumeric() || *c == '🐱').collect::<String>();
            prop_assert_eq!(seen(&normalise(&text)), seen(&text));
        }

        #[test]
        fn words_do_not_depend_on_case_and_punctuation(words_in in prop::collection::vec("[a-zé]{1,6}", 0..9)) {
            let shouted = words_in.iter().map(|word| format!("({}!) ", word.to_uppercase())).collect::<Vec<_>>().concat();
            prop_assert_eq!(words(&shouted), words(&words_in.join(" ")));
            prop_assert_eq!(words(&shouted), words_in);
        }
    }

    #[test]
    fn words_of_several_scripts() {
        assert_eq!(words("\"Don't!\" said O'Hara – 3 times."), ["don't", "said", "o'hara", "3", "times"]);
        assert_eq!(words("Кошка спит. 猫在窗边"), ["кошка", "спит", "猫在窗边"]);
        assert!(words(" …!? ").is_empty());
    }
}
