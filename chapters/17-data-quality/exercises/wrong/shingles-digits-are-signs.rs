//! Takes the digits at the ends of a word for punctuation.

use std::collections::BTreeSet;

pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => BTreeSet::new(),
        few if few < n => [words.join(" ")].into(),
        _ => words.windows(n).map(|run| run.join(" ")).collect(),
    }
}
