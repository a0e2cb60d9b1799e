//! MinHash: how alike two sets are, from a few numbers of each (Broder 1997).
//!
//! Stir all shingles by a hash function and keep the smallest result. Of the union of two sets some
//! shingle comes out smallest, each with the same chance; if it is one that both have, both keep the
//! same number, else they do not. So
//!
//! P(the minima are equal) = |A ∩ B| / |A ∪ B| = J(A, B)
//!
//! With k functions the share of equal minima is an estimate of J with standard error √(J (1 − J) / k),
//! and a text of any length has become k numbers: its **signature**.

use rand::Rng;
use tensors::seeds;

/// k hash functions h(x) = ⌊(a x + b mod 2⁶⁴) / 2³²⌋ from 32 bits to 32 bits, with random a and b
/// ("multiply-shift"): any two different x are sent anywhere, independently.
/// The argument above asks for a random order of *all* shingles, which no such function gives; how
/// far it carries is seen in tests and in the experiment.
#[derive(Debug, Clone)]
pub struct MinHash {
    a: Vec<u64>,
    b: Vec<u64>,
}

// ANCHOR: minhash
impl MinHash {
    /// `k` functions, the same for the same seed.
    pub fn new(k: usize, seed: u64) -> Self {
        let mut rng = seeds::generator(seed);
        let mut draw = || (0..k).map(|_| rng.r#gen()).collect();
        Self { a: draw(), b: draw() }
    }

    /// The functions with these a and b, one pair each.
    pub fn of(a: Vec<u64>, b: Vec<u64>) -> Self {
        Self { a, b }
    }

    /// For each function the smallest value over the shingles.
    pub fn signature(&self, shingles: &[u32]) -> Vec<u32> {
        let mut least = vec![u32::MAX; self.a.len()];
        for &x in shingles {
            // One shingle, all functions: the same few instructions on neighbouring numbers, of which the
            // compiler makes several at a time.
            for ((least, a), b) in least.iter_mut().zip(&self.a).zip(&self.b) {
                let h = (a.wrapping_mul(u64::from(x)).wrapping_add(*b) >> 32) as u32;
                *least = h.min(*least);
            }
        }
        least
    }
}

/// The Jaccard index as two signatures have it: the share of equal minima.
pub fn estimate(a: &[u32], b: &[u32]) -> f64 {
    let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
    equal as f64 / a.len() as f64
}
// ANCHOR_END: minhash

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingles::jaccard;

    /// Two sets of random shingles with `both` in common and `own` of each alone.
    fn pair(both: usize, own: usize, seed: u64) -> [Vec<u32>; 2] {
        let mut rng = seeds::generator(seed);
        let mut some = |n: usize| -> Vec<u32> { (0..n).map(|_| rng.r#gen()).collect() };
        let (both, one, other) = (some(both), some(own), some(own));
        [one, other].map(|mut set| {
            set.extend(&both);
            set.sort_unstable();
            set.dedup();
            set
        })
    }

    #[test]
    fn the_estimate_is_the_exact_index_within_its_standard_error() {
        let k = 128;
        for (both, own) in [(10, 90), (50, 50), (90, 10), (200, 2), (0, 60)] {
            // Many pairs, each with functions of its own: errors over their standard error are then like
            // draws of mean 0 and variance 1.
            let n = 400;
            let scaled: Vec<f64> = (0..n)
                .map(|seed| {
                    let [a, b] = pair(both, own, seed);
                    let functions = MinHash::new(k, 1000 + seed);
                    let exact = jaccard(&a, &b);
                    let estimate = estimate(&functions.signature(&a), &functions.signature(&b));
                    let error = (exact * (1.0 - exact) / k as f64).sqrt();
                    if error == 0.0 { estimate - exact } else { (estimate - exact) / error }
                })
                .collect();
            let n = n as f64;
            let mean = scaled.iter().sum::<f64>() / n;
            let variance = scaled.iter().map(|z| z * z).sum::<f64>() / n;
            // Four standard errors: of a mean 4/√n = 0.2, of a variance 4·√(2/n) = 0.28.
            assert!(mean.abs() < 0.2, "{both} in common, {own} not: mean {mean}");
            assert!(
                variance < 1.28 && (own == 60 || variance > 0.72),
                "{both}, {own}: variance {variance}"
            );
        }
    }

    #[test]
    fn order_does_not_matter_and_an_empty_set_is_like_none() {
        let functions = MinHash::new(16, 1);
        assert_eq!(functions.signature(&[1, 2, 3]), functions.signature(&[3, 1, 2, 2]));
        assert_eq!(estimate(&functions.signature(&[]), &functions.signature(&[7])), 0.0);
    }
}
