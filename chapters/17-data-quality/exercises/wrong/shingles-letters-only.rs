//! Words end wherever a letter does.

use std::collections::BTreeSet;

pub fn shingles(text: &str, n: usize) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    match words.len() {
        0 => BTreeSet::new(),
        few if few < n => [words.join(" ")].into(),
        _ => words.windows(n).map(|run| run.join(" ")).collect(),
    }
}
