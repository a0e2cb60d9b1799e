//! A quality filter: a linear classifier of words and pairs of words, learned from examples.
//!
//! GPT-3's authors trained a logistic regression on hashed words to tell chosen texts from raw pages
//! (Brown et al. 2020, appendix A); fastText (Joulin et al. 2017) is the usual tool since. A text
//! becomes a long vector x that has a number for each word and each pair of neighbours: 1/√n for the n
//! different ones that occur, so that texts of all lengths count alike, and 0 elsewhere. Which number is
//! whose is said by a hash, so no list of words is needed and no word is unknown; now and then two share
//! one (Weinberger et al. 2009).
//!
//! P(good) = σ(w · x + b), with w and b from stochastic gradient descent on −log P(label):
//!
//! w ← w − η (P − label) x

use crate::hash::{hash, join};
use crate::normalise::words;
use neurons::activation::sigmoid;
use rand::seq::SliceRandom;
use tensors::seeds;

/// The classifier.
#[derive(Debug, Clone)]
pub struct Linear {
    weights: Vec<f64>,
    bias: f64,
}

/// How it learns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learning {
    /// The length of x, w.
    pub buckets: usize,
    /// How often all examples are read.
    pub epochs: usize,
    /// η, the learning rate.
    pub rate: f64,
    /// In which order the examples come.
    pub seed: u64,
}

// ANCHOR: linear
impl Linear {
    /// Learns to tell good texts from bad ones.
    ///
    /// # Panics
    /// If there are no buckets.
    pub fn train(good: &[String], bad: &[String], learning: Learning) -> Self {
        let labelled = |texts: &[String], label: f64| -> Vec<(Vec<usize>, f64)> {
            texts.iter().map(|text| (features(text, learning.buckets), label)).collect()
        };
        let mut examples = labelled(good, 1.0);
        examples.extend(labelled(bad, 0.0));
        let mut model = Self { weights: vec![0.0; learning.buckets], bias: 0.0 };
        let mut rng = seeds::generator(learning.seed);
        for _ in 0..learning.epochs {
            examples.shuffle(&mut rng);
            for (features, label) in &examples {
                let step = learning.rate * (sigmoid(model.logit(features)) - label);
                let x = 1.0 / (features.len() as f64).sqrt();
                for &feature in features {
                    model.weights[feature] -= step * x;
                }
                model.bias -= step;
            }
        }
        model
    }

    /// w · x + b: the logarithm of the odds that a text is good, by this model.
    pub fn score(&self, text: &str) -> f64 {
        self.logit(&features(text, self.weights.len()))
    }

    fn logit(&self, features: &[usize]) -> f64 {
        let sum: f64 = features.iter().map(|&feature| self.weights[feature]).sum();
        sum / (features.len().max(1) as f64).sqrt() + self.bias
    }
}

/// The places of x that are not 0: those of the words and of the pairs of neighbours.
fn features(text: &str, buckets: usize) -> Vec<usize> {
    let words: Vec<u64> = words(text).map(|word| hash(word.as_bytes())).collect();
    let bucket = |hash: u64| (hash % buckets as u64) as usize;
    let pairs = words.windows(2).map(|pair| bucket(join(pair)));
    let mut features: Vec<usize> = words.iter().map(|&word| bucket(word)).chain(pairs).collect();
    features.sort_unstable();
    features.dedup();
    features
}
// ANCHOR_END: linear

#[cfg(test)]
mod tests {
    use super::*;

    const LEARNING: Learning = Learning { buckets: 1 << 12, epochs: 20, rate: 0.5, seed: 1 };

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_word_or_a_pair_that_tells_is_found() {
        let good = owned(&["the red fox ran", "the fox slept here", "old fox, red fox"]);
        let bad = owned(&["click the red link", "click here now", "old link, red link"]);
        let model = Linear::train(&good, &bad, LEARNING);
        assert!(model.score("a fox in the snow") > 0.5 && model.score("now click the snow") < -0.5);
        // Same words, other pairs.
        let (good, bad) = (owned(&["a b c d", "c d a b"]), owned(&["b a d c", "d c b a"]));
        let model = Linear::train(&good, &bad, LEARNING);
        assert!(model.score("c d") > model.score("d c") + 0.5);
    }

    #[test]
    fn a_step_goes_down_the_gradient_of_the_loss() {
        // One example, one epoch, from zero weights: P = ½. The loss −log P(label) after a small step is
        // less by the rate times the gradient's squared length, which is ¼ (1 + 1) for w and b.
        let (text, rate) = (owned(&["one two"]), 1e-4);
        let model = Linear::train(&text, &[], Learning { epochs: 1, rate, ..LEARNING });
        let loss = -sigmoid(model.score("one two")).ln();
        let expected = rate * 0.25 * 2.0;
        assert!((std::f64::consts::LN_2 - loss - expected).abs() < 1e-3 * expected, "{loss}");
    }

    #[test]
    fn features_are_words_and_pairs_once_each() {
        assert_eq!(features("A b. a b", 1 << 20).len(), 4, "a, b, a b, b a");
        assert_eq!(features("", 10), [] as [usize; 0]);
    }
}
