//! Counts (1, 1) once in 1 1 1.

use std::collections::BTreeMap;

pub fn most_frequent_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let (mut counts, mut counted) = (BTreeMap::new(), None);
    for (i, pair) in tokens.windows(2).enumerate() {
        if counted == Some((i, pair[0], pair[1])) {
            counted = None;
            continue;
        }
        *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
        counted = Some((i + 1, pair[0], pair[1]));
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pair, _)| pair)
}
