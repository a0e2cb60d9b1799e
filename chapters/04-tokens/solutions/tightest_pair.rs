//! Two tables, and fractions compared by cross-multiplication.

use std::collections::BTreeMap;

/// The pair with the highest score, or nothing if there are fewer than two tokens.
pub fn tightest_pair(tokens: &[u32]) -> Option<(u32, u32)> {
    let (mut single, mut pairs) = (BTreeMap::<u32, u64>::new(), BTreeMap::<(u32, u32), u64>::new());
    for &token in tokens {
        *single.entry(token).or_default() += 1;
    }
    for pair in tokens.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    let mut best: Option<((u32, u32), u64, u64)> = None;
    for (pair, count) in pairs {
        let product = single[&pair.0] * single[&pair.1];
        if best.is_none_or(|(_, best, of)| count * of > best * product) {
            best = Some((pair, count, product));
        }
    }
    best.map(|(pair, ..)| pair)
}
