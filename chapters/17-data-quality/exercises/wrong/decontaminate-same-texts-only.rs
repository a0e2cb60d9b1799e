//! Only what is in the test as a whole goes.

use std::collections::BTreeSet;

pub fn decontaminate(
    train: &[&str],
    test: &[&str],
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
) -> Vec<usize> {
    let tests: Vec<BTreeSet<String>> = test.iter().map(|text| shingles(text, n)).collect();
    (0..train.len()).filter(|&i| !tests.contains(&shingles(train[i], n))).collect()
}
