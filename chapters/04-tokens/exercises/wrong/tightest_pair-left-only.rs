//! Divides by the count of the left token only: how likely the right one is after it.

use std::collections::BTreeMap;

pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let count = |token: u32| tokens.iter().filter(|&&other| other == token).count();
    let mut pairs = BTreeMap::new();
    for pair in tokens.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_insert(0_usize) += 1;
    }
    let pairs = pairs.into_iter().rev();
    pairs.max_by(|(a, n), (b, m)| (n * count(b.0)).cmp(&(m * count(a.0)))).map(|(pair, _)| pair)
}
