//! Pairs of stories, and the ways by which they may be found.

use data_quality::hash::mix;
use data_quality::minhash::MinHash;
use data_quality::near::Bands;
use data_quality::pipeline::SHINGLE;
use data_quality::shingles::{jaccard, shingles};

/// The ways that are compared: both cut the same 112 numbers.
pub const WAYS: [(&str, Bands); 2] =
    [("14 bands of 8", Bands::FINEWEB), ("28 bands of 4", Bands { bands: 28, rows: 4 })];

/// A pair of stories: its exact index, and by which ways it is found, both with the same 112 functions.
/// `stirred` is the same with functions of which each bit depends on all bits of a shingle.
pub struct Pair {
    pub sets: [Vec<u32>; 2],
    pub exact: f64,
    pub found: [bool; WAYS.len()],
    pub stirred: [bool; WAYS.len()],
}

impl Pair {
    /// With functions of its own, drawn from `seed`: with the same for all, errors would go together.
    pub fn of(story: &str, again: &str, seed: u64) -> Self {
        let functions = MinHash::new(Bands::FINEWEB.functions(), seed);
        let seeds: Vec<u64> = (0..Bands::FINEWEB.functions() as u64).map(|i| mix(seed ^ i)).collect();
        let sets = [story, again].map(|text| shingles(text, SHINGLE));
        let found = |signatures: [Vec<u32>; 2]| {
            WAYS.map(|(_, bands)| {
                bands.keys(&signatures[0]).zip(bands.keys(&signatures[1])).any(|(x, y)| x == y)
            })
        };
        Self {
            exact: jaccard(&sets[0], &sets[1]),
            found: found(sets.each_ref().map(|set| functions.signature(set))),
            stirred: found(sets.each_ref().map(|set| stirred(&seeds, set))),
            sets,
        }
    }
}

/// A signature by functions that stir more: dearer, and as near to a random order as a hash gets.
fn stirred(seeds: &[u64], shingles: &[u32]) -> Vec<u32> {
    let least = |seed: &u64| shingles.iter().map(|&x| (mix(u64::from(x) ^ seed) >> 32) as u32).min();
    seeds.iter().map(|seed| least(seed).unwrap_or(u32::MAX)).collect()
}
