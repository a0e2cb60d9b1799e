//! The worked examples of the page: a Jaccard index, the S-curve at a few places, and a Bloom filter's size.

use data_quality::bloom::Bloom;
use data_quality::near::Bands;
use data_quality::shingles::{jaccard, shingles};

fn main() {
    // ANCHOR: by_hand
    let (a, b) = ("the cat sat on the mat", "the cat sat on a mat");
    for n in [1, 2, 3] {
        println!("runs of {n}: {:.3}", jaccard(&shingles(a, n), &shingles(b, n)));
    }
    for bands in [Bands { bands: 2, rows: 2 }, Bands::FINEWEB] {
        let found = [0.5, 0.7, 0.75, 0.8, 0.85].map(|s| format!("{:.3}", bands.probability(s)));
        println!("{} bands of {}: {}", bands.bands, bands.rows, found.join(" "));
    }
    let seen = Bloom::new(1_000_000, 0.01);
    println!("{:.1} bits an element, {} of them set", seen.bits() as f64 / 1e6, seen.places());
    // ANCHOR_END: by_hand
}
