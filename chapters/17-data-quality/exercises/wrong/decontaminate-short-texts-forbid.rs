//! The whole of a short text counts as a run.

use std::collections::BTreeSet;

pub fn decontaminate(
    train: &[&str],
    test: &[&str],
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
) -> Vec<usize> {
    let forbidden: BTreeSet<String> = test.iter().flat_map(|text| shingles(text, n)).collect();
    (0..train.len()).filter(|&i| shingles(train[i], n).is_disjoint(&forbidden)).collect()
}
