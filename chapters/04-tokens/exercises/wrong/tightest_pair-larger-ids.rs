//! Of equal scores it takes the last.

use std::collections::BTreeMap;

pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let count = |token: u32| tokens.iter().filter(|&&other| other == token).count();
    let mut pairs = BTreeMap::new();
    for pair in tokens.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_insert(0_usize) += 1;
    }
    let of = |(a, b): (u32, u32)| count(a) * count(b);
    pairs.into_iter().max_by(|(a, n), (b, m)| (n * of(*b)).cmp(&(m * of(*a)))).map(|(pair, _)| pair)
}
