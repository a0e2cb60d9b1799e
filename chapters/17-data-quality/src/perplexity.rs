//! A quality filter: how surprised is a small model that has read good text?
//!
//! CCNet (Wenzek et al. 2020) keeps pages of the web that are close to Wikipedia, by the perplexity of an
//! n-gram model. Here it is chapter 6's, over chapter 4's pieces (words, numbers, signs), and what it has
//! read is clean stories. The score is in bits a byte, so that texts of all lengths can be compared; the
//! **perplexity** of a piece is 2 to the power of its bits.
//!
//! Most runs of a text that is like the good ones are theirs. What those cost is computed once, by chapter
//! 6's model, and looked up afterwards; for all others the model is asked.

use crate::hash::Table;
use language_models::ngram::{NGram, NGramError, Smoothing};
use tokens::pieces;

/// What stands between two texts.
const END: usize = 0;
/// A piece that the good texts do not have.
const UNKNOWN: usize = 1;

/// A model of good text.
#[derive(Debug, Clone)]
pub struct Perplexity {
    model: NGram,
    ids: Table<String, usize>,
    /// What the last piece of each run of the good texts costs after those before it.
    known: Table<Vec<usize>, f64>,
    /// How long these runs are.
    order: usize,
}

// ANCHOR: perplexity
impl Perplexity {
    /// Counts the pieces of good texts, in runs of `order`.
    ///
    /// # Errors
    /// [`NGramError`] if there are fewer than `order` pieces, or the order is 0.
    pub fn train(good: &[String], order: usize) -> Result<Self, NGramError> {
        let (mut ids, mut read) = (Table::default(), Vec::new());
        for text in good {
            read.push(END);
            for piece in pieces(text) {
                let new = UNKNOWN + 1 + ids.len();
                read.push(*ids.entry(piece.to_owned()).or_insert(new));
            }
        }
        let vocabulary = UNKNOWN + 1 + ids.len();
        let model = NGram::count(&read, order, vocabulary, Smoothing::KneserNey(0.75))?;
        let known = read.windows(order).map(|run| (run.to_vec(), cost(&model, run))).collect();
        Ok(Self { model, ids, known, order })
    }

    /// Bits a byte of `text`: the lower, the more like good text.
    pub fn bits(&self, text: &str) -> f64 {
        let id = |piece| self.ids.get(piece).copied().unwrap_or(UNKNOWN);
        let ids: Vec<usize> = std::iter::once(END).chain(pieces(text).map(id)).collect();
        let bits = |at: usize| {
            let run = &ids[(at + 1).saturating_sub(self.order)..=at];
            self.known.get(run).copied().unwrap_or_else(|| cost(&self.model, run))
        };
        (1..ids.len()).map(bits).sum::<f64>() / text.len().max(1) as f64
    }
}

/// The bits of the last piece of a run after those before it.
fn cost(model: &NGram, run: &[usize]) -> f64 {
    let (last, history) = run.split_last().expect("a run has at least one piece");
    -model.probability(history, *last).log2()
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

    /// The same without a table of what is known.
    fn plain(model: &Perplexity, text: &str) -> f64 {
        let id = |piece| model.ids.get(piece).copied().unwrap_or(UNKNOWN);
        let ids: Vec<usize> = std::iter::once(END).chain(pieces(text).map(id)).collect();
        let bits = |at: usize| -model.model.probability(&ids[..at], ids[at]).log2();
        (1..ids.len()).map(bits).sum::<f64>() / text.len() as f64
    }

    #[test]
    fn what_is_looked_up_is_what_the_model_says_to_the_last_bit() {
        let good = stories(100, 1);
        for order in 1..=5 {
            let model = Perplexity::train(&good, order).unwrap();
            for text in good[..5].iter().chain(&stories(20, 2)) {
                let backwards: String = text.split_inclusive(' ').rev().collect();
                for text in [text, &backwards, "What is known? Nothing!"] {
                    assert_eq!(model.bits(text), plain(&model, text), "{order}: {text}");
                }
            }
        }
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
