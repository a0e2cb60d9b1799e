//! Takes the most frequent pair, whatever it is made of.

use std::collections::BTreeMap;

pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let mut counts = BTreeMap::new();
    for pair in tokens.windows(2) {
        *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pair, _)| pair)
}
