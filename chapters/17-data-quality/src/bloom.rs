//! A set that takes ten bits an element and never forgets, but sometimes thinks that it remembers
//! (Bloom 1970).
//!
//! An element sets k of m bits. It may be in the set if all its bits are set. After n elements a bit is
//! set with probability 1 − (1 − 1/m)ᵏⁿ ≈ 1 − e^(−kn/m), so that an element that was never put in is
//! taken for known with probability
//!
//! p ≈ (1 − e^(−kn/m))ᵏ
//!
//! which for given m/n is least at k = (m/n) ln 2, where half the bits are set: p = 2⁻ᵏ. The k places are
//! made from one hash h₁ and another h₂ that is made from it, as h₁ + i h₂: that is nearly as good as k
//! hashes (Kirsch and Mitzenmacher 2006).

use crate::hash::mix;

/// A set of hashes.
///
/// ```
/// use data_quality::{bloom::Bloom, hash::hash};
/// let mut seen = Bloom::new(1000, 0.01);
/// assert!(!seen.insert(hash(b"a text")));
/// assert!(seen.insert(hash(b"a text")));
/// assert_eq!((seen.bits(), seen.places()), (9586, 7));
/// ```
#[derive(Debug, Clone)]
pub struct Bloom {
    words: Vec<u64>,
    /// m.
    bits: u64,
    /// k.
    places: u32,
}

// ANCHOR: bloom
impl Bloom {
    /// A set for `elements` hashes, which takes a new one for known with probability `false_positive`
    /// when it is full. More elements can be put in; then it errs more often.
    ///
    /// # Panics
    /// Unless there is an element and the probability is between 0 and 1.
    pub fn new(elements: usize, false_positive: f64) -> Self {
        assert!(elements > 0 && false_positive > 0.0 && false_positive < 1.0);
        let ln_2 = std::f64::consts::LN_2;
        let bits = (-(elements as f64) * false_positive.ln() / (ln_2 * ln_2)).ceil() as u64;
        let places = (bits as f64 / elements as f64 * ln_2).round().max(1.0) as u32;
        Self { words: vec![0; bits.div_ceil(64) as usize], bits, places }
    }

    /// The bits of an element: h₁ + i h₂, brought into the range of m.
    fn of(&self, hash: u64) -> impl Iterator<Item = u64> + use<> {
        // An odd step meets every number before it comes back.
        let (start, step, bits) = (hash, mix(hash) | 1, self.bits);
        (0..u64::from(self.places)).map(move |i| {
            let place = start.wrapping_add(i.wrapping_mul(step));
            // The upper half of place · m, like a digit: place / 2⁶⁴ of m.
            ((u128::from(place) * u128::from(bits)) >> 64) as u64
        })
    }

    /// Whether the element may be in the set. "No" is certain.
    pub fn contains(&self, hash: u64) -> bool {
        self.of(hash).all(|bit| self.words[(bit / 64) as usize] >> (bit % 64) & 1 == 1)
    }

    /// Puts an element in, and says whether it may have been there before.
    pub fn insert(&mut self, hash: u64) -> bool {
        let known = self.contains(hash);
        self.of(hash).for_each(|bit| self.words[(bit / 64) as usize] |= 1 << (bit % 64));
        known
    }

    /// How likely a new element is taken for known after `elements` different ones.
    pub fn false_positive(&self, elements: usize) -> f64 {
        let (k, n, m) = (f64::from(self.places), elements as f64, self.bits as f64);
        (1.0 - (-k * n / m).exp()).powf(k)
    }
    // ANCHOR_END: bloom

    /// m, the number of bits.
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// k, how many bits an element sets.
    pub fn places(&self) -> u32 {
        self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::hash;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_forgotten(elements in prop::collection::vec(any::<u64>(), 1..300)) {
            // Room for ten only: full of errors, but never of this kind.
            let mut set = Bloom::new(10, 0.01);
            for &element in &elements {
                set.insert(element);
            }
            prop_assert!(elements.iter().all(|&element| set.contains(element)));
        }
    }

    #[test]
    fn new_elements_are_taken_for_known_as_often_as_the_formula_says() {
        let of = |i: u32| hash(&i.to_le_bytes());
        let (elements, asked) = (20_000, 200_000);
        for planned in [0.3, 0.05, 0.001] {
            let mut set = Bloom::new(elements, planned);
            // Half full, full, and with twice as many as planned.
            for (from, to) in [(0, 10_000), (10_000, 20_000), (20_000, 40_000)] {
                for i in from..to {
                    set.insert(of(i));
                }
                let p = set.false_positive(to as usize);
                let known = (0..asked).filter(|i| set.contains(of(1_000_000 + i))).count() as f64;
                let n = f64::from(asked);
                // Four standard errors of a share, and as much again for which bits happen to be set.
                let error = 8.0 * (p * (1.0 - p) / n).sqrt() + 1e-5;
                assert!(
                    (known / n - p).abs() < error,
                    "{planned} after {to}: {} instead of {p}",
                    known / n
                );
            }
            assert!((set.false_positive(elements) / planned - 1.0).abs() < 0.05, "as planned");
        }
    }

    #[test]
    fn by_hand() {
        // Ten bits an element and k = 7: 1 − e^(−0.7) = 0.503, to the 7th power 0.008, one in 122.
        let set = Bloom { words: Vec::new(), bits: 10_000, places: 7 };
        let p = set.false_positive(1000);
        assert_eq!((p * 1e3).round(), 8.0);
        assert_eq!((1.0 / p).round(), 122.0);
        assert_eq!(((p.powf(1.0 / 7.0)) * 1e3).round(), 503.0);
        let planned = Bloom::new(1_000_000, 0.01);
        assert_eq!((planned.bits() / 100_000, planned.places()), (95, 7), "one in a hundred takes 9.6");
    }
}
