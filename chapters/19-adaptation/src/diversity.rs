//! How different are the stories? Counted in bits, beside how many of them are valid.
//!
//! The entropy of a policy's valid stories says how many there are, as far as they are told: 2ᴴ equally
//! likely ones. It can be measured without ever seeing two equal stories, since the policy tells the
//! probability of each: a valid story x has the probability π(x) / v among the valid ones, and so
//!
//! H(valid) = E[−log₂ π(x) | x valid] + log₂ v
//!
//! The grammar's own stories have 106.8 bits. What is said about words is a count: of each [`Slot`] how
//! often each word was told, and the entropy of that.

use kernels::measured::mean_and_error;
use language_models::story::{Plot, SLOTS, Slot};
use std::collections::BTreeMap;

/// A number with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

impl Estimate {
    /// The mean of a sample.
    pub fn of(sample: &[f64]) -> Self {
        let (mean, error) = mean_and_error(sample);
        Self { mean, error }
    }

    /// A share of `all`.
    pub fn share(part: usize, all: usize) -> Self {
        let mean = part as f64 / all as f64;
        Self { mean, error: (mean * (1.0 - mean) / all as f64).sqrt() }
    }
}

// ANCHOR: entropy
/// The entropy of the valid stories in bits. Of each story that was drawn whether it is valid, and −log₂ of
/// the probability with which it was drawn. `None` where fewer than two are valid.
pub fn entropy_of_valid(drawn: &[(bool, f64)]) -> Option<Estimate> {
    let bits: Vec<f64> = drawn.iter().filter(|(valid, _)| *valid).map(|(_, bits)| *bits).collect();
    if bits.len() < 2 {
        return None;
    }
    let (of_bits, v) = (Estimate::of(&bits), Estimate::share(bits.len(), drawn.len()));
    // The error of log₂ v is that of v, times the slope 1 / (v ln 2).
    let of_log = v.error / v.mean / std::f64::consts::LN_2;
    Some(Estimate { mean: of_bits.mean + v.mean.log2(), error: of_bits.error.hypot(of_log) })
}
// ANCHOR_END: entropy

/// How often each word of each slot was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<(usize, usize), usize>);

impl Words {
    /// Counts the words of these plots.
    pub fn of<'a>(plots: impl IntoIterator<Item = &'a Plot>) -> Self {
        let mut counts = BTreeMap::new();
        for plot in plots {
            for slot in SLOTS.into_iter().filter(|&slot| plot.knows(slot)) {
                *counts.entry((slot as usize, plot.get(slot))).or_insert(0) += 1;
            }
        }
        Self(counts)
    }

    /// How often each word of a slot was told, in the order of its list, up to the last that was told at all.
    pub fn counts(&self, slot: Slot) -> Vec<usize> {
        let mut counts = Vec::new();
        for ((_, word), count) in self.0.range((slot as usize, 0)..(slot as usize + 1, 0)) {
            counts.resize(*word, 0);
            counts.push(*count);
        }
        counts
    }

    /// The entropy of a slot's words in bits, from their counts. A small sample has too little of it: about
    /// (words − 1) / (2 n ln 2) bits, which is added (Miller 1955).
    pub fn entropy(&self, slot: Slot) -> f64 {
        let counts: Vec<usize> = self.counts(slot).into_iter().filter(|count| *count > 0).collect();
        let all: usize = counts.iter().sum();
        if all == 0 {
            return 0.0;
        }
        let all = all as f64;
        let plain: f64 = counts.iter().map(|&count| count as f64 / all).map(|p| -p * p.log2()).sum();
        plain + (counts.len() - 1) as f64 / (2.0 * all * std::f64::consts::LN_2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{exact_entropy, read, tell};
    use rand::Rng;
    use tensors::seeds;

    #[test]
    fn of_the_grammars_own_stories_it_is_the_grammars_entropy() {
        let mut rng = seeds::generator(5);
        let bits = |text: &str| read(text).unwrap().bits.iter().sum::<f64>();
        let stories: Vec<f64> = (0..2000).map(|_| bits(&tell(&mut rng))).collect();
        let all: Vec<(bool, f64)> = stories.iter().map(|&bits| (true, bits)).collect();
        let found = entropy_of_valid(&all).unwrap();
        assert!((found.mean - exact_entropy().bits).abs() < 3.0 * found.error, "{found:?}");
    }

    #[test]
    fn what_is_told_beside_the_valid_stories_does_not_count() {
        // A quarter of the draws: 16 valid texts, equally likely. The rest: one text, again and again.
        let mut rng = seeds::generator(6);
        let drawn: Vec<(bool, f64)> = (0..4000)
            .map(|_| if rng.r#gen::<f64>() < 0.25 { (true, 6.0) } else { (false, (4.0_f64 / 3.0).log2()) })
            .collect();
        let found = entropy_of_valid(&drawn).unwrap();
        assert!((found.mean - 4.0).abs() < 3.0 * found.error && found.error < 0.05, "{found:?}");
        assert_eq!(entropy_of_valid(&[(true, 3.0), (false, 1.0)]), None, "one story has no spread");
    }

    #[test]
    fn words_are_counted_by_slot_and_a_slot_that_has_collapsed_has_no_entropy() {
        let mut rng = seeds::generator(7);
        let plots: Vec<Plot> = (0..300).map(|_| read(&tell(&mut rng)).unwrap().plot).collect();
        let words = Words::of(&plots);
        assert_eq!(words.counts(Slot::Hero).len(), 40);
        assert_eq!(words.counts(Slot::Hero).iter().sum::<usize>(), 300);
        let few = Words::of([&Plot::default().with(Slot::Season, 2)]);
        assert_eq!(few.counts(Slot::Season), [0, 0, 1]);
        assert_eq!(words.counts(Slot::Surname), [] as [usize; 0], "the default grammar has none");
        // 40 names, equally likely: with the correction 300 stories are enough for a twentieth of a bit.
        assert!((words.entropy(Slot::Hero) - 40_f64.log2()).abs() < 0.05, "{}", words.entropy(Slot::Hero));
        assert_eq!(Words::of([&plots[0]; 50]).entropy(Slot::Hero), 0.0);
        assert_eq!(words.entropy(Slot::Surname), 0.0);
    }

    #[test]
    fn a_share_has_the_error_of_a_coin() {
        let share = Estimate::share(25, 100);
        assert_eq!((share.mean, (share.error * 1e4).round()), (0.25, 433.0));
    }
}
