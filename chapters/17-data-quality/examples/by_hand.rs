//! The worked examples of the page: a Jaccard index, the S-curve at a few places, and what Bloom filters take.

use data_quality::bloom::Bloom;
use data_quality::near::{Bands, Seen};
use data_quality::retell::CHOICES;
use data_quality::shingles::{jaccard, shingles};

fn main() {
    // ANCHOR: by_hand
    let (a, b) = ("the cat sat on the mat", "the cat sat on a mat");
    for n in [1, 2, 3] {
        println!("runs of {n}: {:.3}", jaccard(&shingles(a, n), &shingles(b, n)));
    }
    let words: Vec<String> = (0..20).map(|i| format!("w{i}")).collect();
    let (text, changed) = (words.join(" "), words.join(" ").replace("w10", "other"));
    let (a, b) = (shingles(&text, 5), shingles(&changed, 5));
    println!("{} runs of 5 in {} words; one word changed: {:.2}", a.len(), words.len(), jaccard(&a, &b));
    let places = [0.5, 0.7, 0.75, 0.8, 0.85];
    println!("found at an index of {}", places.map(|s| format!("{s:.2}")).join(" "));
    for bands in [Bands { bands: 2, rows: 2 }, Bands::FINEWEB] {
        let found = places.map(|s| format!("{:.3}", bands.probability(s)));
        println!("{} bands of {}: {}", bands.bands, bands.rows, found.join(" "));
    }
    println!("a story has {CHOICES} choices, a signature {} numbers", Bands::FINEWEB.functions());
    let seen = Bloom::new(1_000_000, 0.01);
    println!("{:.1} bits an element, {} of them set", seen.bits() as f64 / 1e6, seen.places());
    let strict = Bloom::new(1_000_000, 1e-6);
    println!("{:.1} bits an element for one mistake in a million", strict.bits() as f64 / 1e6);
    let near = Seen::new(Bands::FINEWEB, 1_000_000, 1);
    println!("{:.0} bits for the bands of a text", near.bits() as f64 / 1e6);
    let gigabytes = |bits: u64| bits as f64 / 1e6 * 1e10 / 8.0 / 1e9;
    println!(
        "gigabytes for ten billion texts: {:.0} for bands, {:.0} for exact copies",
        gigabytes(near.bits()),
        gigabytes(strict.bits())
    );
    for millions in [1, 2, 3] {
        let mistaken = 100.0 * near.false_positive(millions * 1_000_000);
        println!(
            "room for 1 million, {millions} million kept: {mistaken:.4} % of new texts are taken for copies"
        );
    }
    // ANCHOR_END: by_hand
}
