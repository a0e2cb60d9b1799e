//! Only single blanks part words.

use std::collections::BTreeSet;

pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words: Vec<String> = text.split(' ').map(bare).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => BTreeSet::new(),
        few if few < n => [words.join(" ")].into(),
        _ => words.windows(n).map(|run| run.join(" ")).collect(),
    }
}
