//! The length of the runs is ignored.

use std::collections::BTreeSet;

pub struct Sketch<'a> {
    pub n: usize,
    pub shingles: fn(&str, usize) -> BTreeSet<String>,
    pub signature: &'a dyn Fn(&BTreeSet<String>) -> Vec<u32>,
}

pub fn deduplicate(texts: &[&str], (bands, rows): (usize, usize), sketch: &Sketch<'_>) -> Vec<usize> {
    let mut known = BTreeSet::new();
    let mut stay = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let signature = (sketch.signature)(&(sketch.shingles)(text, sketch.n.min(1)));
        let own: Vec<(usize, Vec<u32>)> =
            signature.chunks_exact(rows).take(bands).map(<[u32]>::to_vec).enumerate().collect();
        if own.iter().all(|band| !known.contains(band)) {
            known.extend(own);
            stay.push(place);
        }
    }
    stay
}
