//! Words, then runs of them.

use std::collections::BTreeSet;

/// The runs, each as its words with one blank between them.
pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => BTreeSet::new(),
        few if few < n => [words.join(" ")].into(),
        _ => words.windows(n).map(|run| run.join(" ")).collect(),
    }
}
