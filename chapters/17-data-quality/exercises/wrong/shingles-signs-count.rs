//! Leaves the signs of punctuation where they are.

use std::collections::BTreeSet;

pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    match words.len() {
        0 => BTreeSet::new(),
        few if few < n => [words.join(" ")].into(),
        _ => words.windows(n).map(|run| run.join(" ")).collect(),
    }
}
