//! Whether our functions, which are independent for two shingles at a time only, are why a bin is far from
//! the curve.

use super::bins::{BINS, bins};
use super::pair::{Pair, WAYS};
use data_quality::minhash::{MinHash, estimate};
use kernels::measured::mean_and_error;

/// Pairs that are asked about, and functions for each.
const PAIRS: usize = 40;
const FUNCTIONS: usize = 1500;

/// How often the minima of our functions agree, in the bin where the share found is furthest from the curve:
/// with the same pairs, and with many more functions than the experiment has drawn.
pub fn minima(pairs: &[Pair], way: usize) {
    let bands = WAYS[way].1;
    let bins = bins(pairs, bands, |pair| pair.found[way]);
    let furthest = bins.iter().max_by(|a, b| a.apart.abs().total_cmp(&b.apart.abs())).expect("a bin");
    let inside = |pair: &&Pair| (furthest.from..furthest.from + 1.0 / BINS as f64).contains(&pair.exact);
    let apart: Vec<f64> = pairs
        .iter()
        .filter(inside)
        .take(PAIRS)
        .enumerate()
        .map(|(at, pair)| {
            let functions = MinHash::new(FUNCTIONS, 1000 + at as u64);
            let [one, other] = pair.sets.each_ref().map(|set| functions.signature(set));
            estimate(&one, &other) - pair.exact
        })
        .collect();
    let (mean, error) = mean_and_error(&apart);
    println!(
        "\n{} of our functions, {} pairs of the bin from {:.2}",
        PAIRS * FUNCTIONS,
        apart.len(),
        furthest.from
    );
    println!("  their minima agree more often than the exact index says by {mean:+.4} ± {error:.4}");
    // 1 − (1 − sʳ)ᵇ, solved for s.
    let open = (1.0 - furthest.found).powf(1.0 / bands.bands as f64);
    let needed = (1.0 - open).powf(1.0 / bands.rows as f64);
    println!(
        "  the share found, {:.3}, is the curve's at {needed:.3}, and the index of its pairs is {:.3}: {:+.3}",
        furthest.found,
        furthest.exact,
        needed - furthest.exact
    );
}
