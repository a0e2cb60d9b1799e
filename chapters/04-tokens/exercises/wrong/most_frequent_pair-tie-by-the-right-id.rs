//! Among equally frequent pairs it compares the right ids.

use std::collections::BTreeMap;

pub fn most_frequent_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let mut counts = BTreeMap::new();
    for pair in tokens.windows(2) {
        *counts.entry((pair[1], pair[0])).or_insert(0) += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|((right, left), _)| (left, right))
}
