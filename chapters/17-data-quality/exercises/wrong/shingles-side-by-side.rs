//! Cuts the text into pieces of n words, that do not overlap.

use std::collections::BTreeSet;

pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    words.chunks(n).map(|run| run.join(" ")).collect()
}
