//! The bands of each text, and whether one of them is known.

use std::collections::BTreeSet;

/// A text's runs of words, and their signature.
pub struct Sketch<'a> {
    /// Words in a run.
    pub n: usize,
    /// Your own runs.
    pub shingles: fn(&str, usize) -> BTreeSet<String>,
    /// Their signature.
    pub signature: &'a dyn Fn(&BTreeSet<String>) -> Vec<u32>,
}

/// The places of the texts that stay.
pub fn deduplicate(texts: &[&str], (bands, rows): (usize, usize), sketch: &Sketch<'_>) -> Vec<usize> {
    let mut known = BTreeSet::new();
    let mut stay = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let signature = (sketch.signature)(&(sketch.shingles)(text, sketch.n));
        let own: Vec<(usize, Vec<u32>)> =
            signature.chunks_exact(rows).take(bands).map(<[u32]>::to_vec).enumerate().collect();
        if own.iter().all(|band| !known.contains(band)) {
            known.extend(own);
            stay.push(place);
        }
    }
    stay
}
