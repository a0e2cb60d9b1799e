//! All numbers of the signature are cut into bands, however many bands were asked for.

use std::collections::BTreeSet;

pub fn deduplicate(
    texts: &[&str],
    (_bands, rows): (usize, usize),
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
    signature: &dyn Fn(&BTreeSet<String>) -> Vec<u32>,
) -> Vec<usize> {
    let mut known = BTreeSet::new();
    let mut stay = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let signature = signature(&shingles(text, n));
        let own: Vec<(usize, Vec<u32>)> =
            signature.chunks_exact(rows).map(<[u32]>::to_vec).enumerate().collect();
        if own.iter().all(|band| !known.contains(band)) {
            known.extend(own);
            stay.push(place);
        }
    }
    stay
}
