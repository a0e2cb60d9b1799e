//! Near copies, found without comparing every text with every other.
//!
//! Cut a signature of b·r numbers into b **bands** of r. Two texts with Jaccard index s agree in all of
//! one band with probability sʳ, in none of them with (1 − sʳ)ᵇ, so in at least one with
//!
//! P = 1 − (1 − sʳ)ᵇ
//!
//! which rises like an S around s ≈ (1/b)^(1/r). That is locality-sensitive hashing (Indyk and Motwani
//! 1998) for sets: what is alike meets. So it is enough to remember the bands of what was kept: a text
//! of which one band is known is taken for a copy. FineWeb has 14 bands of 8 (Penedo et al. 2024). What
//! is remembered goes into a Bloom filter, whose size does not grow (as Khan et al. 2024 do it).

use crate::bloom::Bloom;
use crate::hash::{join, mix};
use crate::minhash::MinHash;

/// How a signature is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// b, how many bands.
    pub bands: usize,
    /// r, how many numbers are in one.
    pub rows: usize,
}

// ANCHOR: bands
impl Bands {
    /// The bands of FineWeb: 14 of 8.
    pub const FINEWEB: Self = Self { bands: 14, rows: 8 };

    /// How many numbers a signature has.
    pub fn functions(self) -> usize {
        self.bands * self.rows
    }

    /// The probability that two texts with Jaccard index `s` have a band in common.
    pub fn probability(self, s: f64) -> f64 {
        1.0 - (1.0 - s.powi(self.rows as i32)).powi(self.bands as i32)
    }

    /// A hash of each band. Which band it is counts: equal numbers in different bands are no match.
    pub fn keys(self, signature: &[u32]) -> impl Iterator<Item = u64> {
        let key = |(band, numbers): (usize, &[u32])| {
            let numbers: Vec<u64> = numbers.iter().map(|&number| u64::from(number)).collect();
            mix(join(&numbers).wrapping_add(band as u64))
        };
        signature.chunks_exact(self.rows).enumerate().map(key)
    }
}

/// The texts that were kept, as their bands.
#[derive(Debug, Clone)]
pub struct Seen {
    functions: MinHash,
    bands: Bands,
    keys: Bloom,
}

impl Seen {
    /// Room for `texts`, of which one in a million that is new is taken for a copy by chance when all are
    /// there.
    pub fn new(bands: Bands, texts: usize, seed: u64) -> Self {
        let functions = MinHash::new(bands.functions(), seed);
        // Any one of b keys is enough for a false alarm.
        let keys = Bloom::new(texts * bands.bands, 1e-6 / bands.bands as f64);
        Self { functions, bands, keys }
    }

    /// How likely a new text is taken for a copy by chance when so many texts are kept: by any one of its
    /// bands.
    pub fn false_positive(&self, texts: usize) -> f64 {
        let one = self.keys.false_positive(texts * self.bands.bands);
        1.0 - (1.0 - one).powi(self.bands.bands as i32)
    }

    /// Whether a text with these shingles is like none that was kept. Then it is kept: of near copies the
    /// first stays.
    pub fn is_new(&mut self, shingles: &[u32]) -> bool {
        let keys: Vec<u64> = self.bands.keys(&self.functions.signature(shingles)).collect();
        let new = !keys.iter().any(|&key| self.keys.contains(key));
        if new {
            for key in keys {
                self.keys.insert(key);
            }
        }
        new
    }
}
// ANCHOR_END: bands

impl Seen {
    /// How many bits there is room in, for all texts.
    pub fn bits(&self) -> u64 {
        self.keys.bits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingles::{jaccard, shingles};
    use language_models::story::tell;
    use std::collections::BTreeSet;
    use tensors::seeds;

    #[test]
    fn pairs_are_found_as_often_as_the_curve_says() {
        // One pair of sets for each index, with many choices of the functions.
        for bands in [Bands::FINEWEB, Bands { bands: 20, rows: 5 }, Bands { bands: 4, rows: 2 }] {
            for common in [20_u32, 50, 70, 85, 97] {
                let (a, b): (Vec<u32>, Vec<u32>) =
                    ((0..100).collect(), (100 - common..200 - common).collect());
                let [a, b] =
                    [a, b].map(|set| set.iter().map(|&x| mix(u64::from(x)) as u32).collect::<Vec<_>>());
                let mut sorted = (a.clone(), b.clone());
                sorted.0.sort_unstable();
                sorted.1.sort_unstable();
                let p = bands.probability(jaccard(&sorted.0, &sorted.1));
                let n = 1000;
                let found = (0..n).filter(|&seed| {
                    let mut seen = Seen::new(bands, 2, seed);
                    seen.is_new(&a) && !seen.is_new(&b)
                });
                let share = found.count() as f64 / n as f64;
                // Four standard errors.
                let error = 4.0 * (p * (1.0 - p) / n as f64).sqrt() + 1e-3;
                assert!((share - p).abs() < error, "{bands:?}, {common}: {share} instead of {p}");
            }
        }
    }

    #[test]
    fn by_hand() {
        // Two bands of two at ½: 1 − (1 − ¼)² = 7/16.
        assert_eq!(Bands { bands: 2, rows: 2 }.probability(0.5), 7.0 / 16.0);
        // One band of two: both must agree. Two bands of one: one of them.
        assert_eq!(Bands { bands: 1, rows: 2 }.probability(0.5), 0.25);
        assert_eq!(Bands { bands: 2, rows: 1 }.probability(0.5), 0.75);
    }

    #[test]
    fn who_keeps_too_many_texts_takes_new_ones_for_copies_as_often_as_is_said() {
        // Room for 200, and three times as many are in: random sets, of which no two are alike.
        let set = |i: u64| (0..20).map(|j| mix(i * 20 + j) as u32).collect::<Vec<_>>();
        let mut seen = Seen::new(Bands::FINEWEB, 200, 1);
        assert!((seen.false_positive(200) / 1e-6 - 1.0).abs() < 0.1, "as planned");
        let (mut kept, mut next) = (0, 0);
        while kept < 600 {
            kept += usize::from(seen.is_new(&set(next)));
            next += 1;
        }
        let (p, n) = (seen.false_positive(kept), 2000);
        let taken = (0..n).filter(|i| {
            let signature = seen.functions.signature(&set(1_000_000 + i));
            seen.bands.keys(&signature).any(|key| seen.keys.contains(key))
        });
        let share = taken.count() as f64 / n as f64;
        // What is kept was new to the filter, so it set more bits than others: up to a tenth more.
        assert!((share - p).abs() < 0.1, "{share} instead of {p}");
    }

    #[test]
    fn the_bloom_filter_decides_like_a_table_that_keeps_everything() {
        let bands = Bands { bands: 20, rows: 3 };
        let mut rng = seeds::generator(4);
        let (mut seen, mut table) = (Seen::new(bands, 500, 9), BTreeSet::new());
        let mut copies = 0;
        for _ in 0..500 {
            let shingles = shingles(&tell(&mut rng), 2);
            let signature = seen.functions.signature(&shingles);
            let keys: Vec<(usize, Vec<u32>)> =
                signature.chunks(3).map(<[u32]>::to_vec).enumerate().collect();
            let new = !keys.iter().any(|key| table.contains(key));
            if new {
                table.extend(keys);
            }
            copies += usize::from(!new);
            assert_eq!(seen.is_new(&shingles), new);
        }
        assert!((20..480).contains(&copies), "the test should see both: {copies} copies");
    }
}
