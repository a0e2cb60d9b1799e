//! Words are counted by blanks: a dash alone makes a short text long.

use std::collections::BTreeSet;

pub fn decontaminate(
    train: &[&str],
    test: &[&str],
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
) -> Vec<usize> {
    let runs = |text: &str| {
        if text.split_whitespace().count() < n { BTreeSet::new() } else { shingles(text, n) }
    };
    let forbidden: BTreeSet<String> = test.iter().flat_map(|text| runs(text)).collect();
    (0..train.len()).filter(|&i| runs(train[i]).is_disjoint(&forbidden)).collect()
}
