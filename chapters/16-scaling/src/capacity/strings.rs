//! Random strings: text in which there is nothing to learn but the text.
//!
//! "How much do language models memorize?" (Morris et al. 2025) trains on them for that reason: what
//! a model saves on a string cannot come from a rule, for there is none, nor from another string.

use gpt::data::Batch;
use rand::Rng;
use tensors::seeds;

/// Tokens that a string is drawn from.
pub const LETTERS: usize = 16;
/// Tokens in a string.
pub const LENGTH: usize = 32;
/// The token before the first: it says that a string begins.
const BEGIN: usize = LETTERS;
/// Tokens that a model of strings knows.
pub const VOCABULARY: usize = LETTERS + 1;

// ANCHOR: strings
/// Strings of [`LENGTH`] tokens, each drawn evenly from [`LETTERS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strings {
    /// All of them, one after the other, each behind the token that begins it.
    tokens: Vec<usize>,
}

impl Strings {
    /// Bits in a string: log₂ of how many there are.
    pub fn bits() -> f64 {
        LENGTH as f64 * (LETTERS as f64).log2()
    }

    /// `count` strings of this seed.
    pub fn new(count: usize, seed: u64) -> Self {
        let mut rng = seeds::generator(seed);
        let mut letter = || rng.gen_range(0..LETTERS as u32) as usize;
        let tokens = (0..count * (LENGTH + 1))
            .map(|place| if place.is_multiple_of(LENGTH + 1) { BEGIN } else { letter() })
            .collect();
        Self { tokens }
    }

    /// The strings, each with the token that begins it.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &[usize]> {
        self.tokens.chunks_exact(LENGTH + 1)
    }

    /// The most bits that can be saved on these strings: n · (bits − log₂ n).
    ///
    /// A model that knows all n strings still has to say which of them comes: it gives each a
    /// probability of 1/n, and no model gives all of them more.
    pub fn most(&self) -> f64 {
        let count = self.texts().len() as f64;
        count * (Self::bits() - count.log2())
    }

    /// `rows` strings, drawn with replacement.
    pub fn batch(&self, rows: usize, rng: &mut impl Rng) -> Batch {
        let count = self.texts().len() as u32;
        let starts: Vec<usize> =
            (0..rows).map(|_| rng.gen_range(0..count) as usize * (LENGTH + 1)).collect();
        Batch::at(&self.tokens, &starts, LENGTH)
    }
}
// ANCHOR_END: strings

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::saved;

    #[test]
    fn every_token_is_equally_likely_after_every_other() {
        // 6,400 pairs fall into 256 cells of 25 on average: the sum of squared deviations over 25 has
        // mean 255 and deviation √(2 · 255) = 23. Five of those.
        let strings = Strings::new(400, 3);
        let mut pairs = vec![0.0; LETTERS * LETTERS];
        for text in strings.texts() {
            text[1..].chunks_exact(2).for_each(|pair| pairs[pair[0] * LETTERS + pair[1]] += 1.0);
        }
        let squares: f64 = pairs.iter().map(|n| (n - 25.0_f64).powi(2) / 25.0).sum();
        assert!((squares - 255.0).abs() < 115.0, "{squares}");
    }

    #[test]
    fn a_list_of_all_strings_saves_the_most_that_can_be_saved() {
        // The best code of n strings is a list of them: each costs log₂ n.
        let strings = Strings::new(100, 1);
        let list = vec![100_f64.log2(); 100];
        assert!((saved(Strings::bits(), &list) - strings.most()).abs() < 1e-9);
        // Any other probabilities that sum to 1 save less, or as much.
        let mut rng = seeds::generator(2);
        for _ in 0..100 {
            let weights: Vec<f64> = (0..100).map(|_| rng.r#gen::<f64>() + 1e-3).collect();
            let all: f64 = weights.iter().sum();
            let costs: Vec<f64> = weights.iter().map(|weight| -(weight / all).log2()).collect();
            assert!(saved(Strings::bits(), &costs) < strings.most());
        }
    }

    #[test]
    fn a_batch_holds_whole_strings() {
        let strings = Strings::new(5, 9);
        let batch = strings.batch(40, &mut seeds::generator(1));
        let mut seen = [false; 5];
        for (inputs, targets) in batch.inputs.chunks(LENGTH).zip(batch.targets.chunks(LENGTH)) {
            let text = [&[inputs[0]], targets].concat();
            let which = strings.texts().position(|string| string == text);
            assert_eq!(inputs, &text[..LENGTH]);
            seen[which.expect("one of the strings")] = true;
        }
        assert_eq!(seen, [true; 5]);
    }
}
