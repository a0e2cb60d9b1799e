//! Divides whole numbers: nearly every score is 0.

use std::collections::BTreeMap;

pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let count = |token: u32| tokens.iter().filter(|&&other| other == token).count();
    let mut pairs = BTreeMap::new();
    for pair in tokens.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_insert(0_usize) += 1;
    }
    pairs.into_iter().rev().max_by_key(|((a, b), n)| n / (count(*a) * count(*b))).map(|(pair, _)| pair)
}
