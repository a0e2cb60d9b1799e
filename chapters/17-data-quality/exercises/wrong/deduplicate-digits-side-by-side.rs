//! Writes the digits of a band side by side, so that 1, 23 and 12, 3 are one.

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
        let own: Vec<(usize, String)> =
            bands.map(|band| band.iter().map(u32::to_string).collect()).enumerate().collect();
        if own.iter().all(|band| !known.contains(band)) {
            known.extend(own);
            stay.push(place);
        }
    }
    stay
}
