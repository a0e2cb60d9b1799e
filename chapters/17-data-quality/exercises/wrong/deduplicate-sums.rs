//! Adds the numbers of a band up.

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
        let bands = signature.chunks_exact(rows).take(bands);
        let own: Vec<(usize, u64)> =
            bands.map(|band| band.iter().map(|&number| u64::from(number)).sum()).enumerate().collect();
        if own.iter().all(|band| !known.contains(band)) {
            known.extend(own);
            stay.push(place);
        }
    }
    stay
}
