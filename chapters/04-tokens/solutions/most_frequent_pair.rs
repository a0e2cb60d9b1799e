//! Count in order, choose from the back.

use std::collections::BTreeMap;

/// The most frequent pair, or nothing if there are fewer than two tokens.
pub fn most_frequent_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let mut counts = BTreeMap::new();
    for pair in tokens.windows(2) {
        *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pair, _)| pair)
}
