//! Bands are remembered while they are asked for, also those of a text that is then taken out.

use std::collections::BTreeSet;

pub fn deduplicate(
    texts: &[&str],
    (bands, rows): (usize, usize),
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
    signature: &dyn Fn(&BTreeSet<String>) -> Vec<u32>,
) -> Vec<usize> {
    let mut known = BTreeSet::new();
    let mut stay = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let signature = signature(&shingles(text, n));
        let own: Vec<(usize, Vec<u32>)> =
            signature.chunks_exact(rows).take(bands).map(<[u32]>::to_vec).enumerate().collect();
        if own.into_iter().all(|band| known.insert(band)) {
            stay.push(place);
        }
    }
    stay
}
