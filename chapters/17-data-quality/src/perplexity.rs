//! A quality filter: how surprised is a small model that has read good text?
//!
//! CCNet (Wenzek et al. 2020) keeps pages of the web that are close to Wikipedia, by the perplexity of an
//! n-gram model. Here it is chapter 6's, over chapter 4's pieces (words, numbers, signs), and what it has
//! read is clean stories. The score is in bits a byte, so that texts of all lengths can be compared; the
//! **perplexity** of a piece is 2 to the power of its bits.

use language_models::ngram::{NGram, NGramError, Smoothing};
use std::collections::HashMap;
use tokens::pieces;

/// What stands between two texts.
const END: usize = 0;
/// A piece that the good texts do not have.
const UNKNOWN: usize = 1;

/// A model of good text.
#[derive(Debug, Clone)]
pub struct Perplexity {
    model: NGram,
    ids: HashMap<String, usize>,
}

// ANCHOR: perplexity
impl Perplexity {
    /// Counts the pieces of good texts, in runs of `order`.
    ///
    /// # Errors
    /// [`NGramError`] if there are fewer than `order` pieces, or the order is 0.
    pub fn train(good: &[String], order: usize) -> Result<Self, NGramError> {
        let (mut ids, mut read) = (HashMap::new(), Vec::new());
        for text in good {
            read.push(END);
            for piece in pieces(text) {
                let new = UNKNOWN + 1 + ids.len();
                read.push(*ids.entry(piece.to_owned()).or_insert(new));
            }
        }
        let vocabulary = UNKNOWN + 1 + ids.len();
        Ok(Self { model: NGram::count(&read, order, vocabulary, Smoothing::KneserNey(0.75))?, ids })
    }

    /// Bits a byte of `text`: the lower, the more like good text.
    pub fn bits(&self, text: &str) -> f64 {
        let id = |piece| self.ids.get(piece).copied().unwrap_or(UNKNOWN);
        let ids: Vec<usize> = std::iter::once(END).chain(pieces(text).map(id)).collect();
        let bits = |at: usize| -self.model.probability(&ids[..at], ids[at]).log2();
        (1..ids.len()).map(bits).sum::<f64>() / text.len().max(1) as f64
    }
}
// ANCHOR_END: perplexity

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::tell;
    use tensors::seeds;

    fn stories(count: usize, seed: u64) -> Vec<String> {
        let mut rng = seeds::generator(seed);
        (0..count).map(|_| tell(&mut rng).trim_end().to_owned()).collect()
    }

    #[test]
    fn good_text_surprises_less_than_other_text() {
        let model = Perplexity::train(&stories(100, 1), 3).unwrap();
        let worst = stories(20, 2).iter().map(|story| model.bits(story)).fold(0.0, f64::max);
        let other = model.bits("What a man may do with a screwdriver depends on the screw.");
        assert!(worst + 1.0 < other, "{worst} and {other}");
    }

    #[test]
    fn bits_are_those_of_chapter_6() {
        // Pieces: a, " b", "." and, in the new text, " c": END 0, UNKNOWN 1, a 2, b 3, "." 4.
        let good = ["a b.", "a b a."].map(str::to_owned);
        let model = Perplexity::train(&good, 2).unwrap();
        let of = NGram::count(&[0, 2, 3, 4, 0, 2, 3, 5, 4], 2, 6, Smoothing::KneserNey(0.75)).unwrap();
        let expected: f64 = [(0, 2), (2, 1), (1, 4)]
            .iter()
            .map(|&(before, id)| -of.probability(&[before], id).log2())
            .sum();
        assert!((model.bits("a c.") - expected / 4.0).abs() < 1e-12);
        assert!(Perplexity::train(&good[..1], 9).is_err());
    }
}
