//! N-gram models: the next token is guessed from the N − 1 before it, by counting.
//!
//! The maximum-likelihood guess, c(h w) / c(h) for a token w after a history h, gives 0 to whatever
//! was not seen, and one 0 makes the loss of a whole text infinite. [`Smoothing`] gives the unseen
//! a share.

use rand::Rng;
use std::collections::HashMap;
use thiserror::Error;

/// Why no n-gram model could be made.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NGramError {
    /// There is nothing to count.
    #[error("the text has {tokens} tokens: an n-gram model of order {order} needs at least {order}")]
    TooShort {
        /// Tokens in the text.
        tokens: usize,
        /// N.
        order: usize,
    },
    /// An order of 0 predicts nothing.
    #[error("an n-gram model needs an order of at least 1")]
    NoOrder,
    /// A token that is not in the vocabulary.
    #[error("token id {id} is outside the vocabulary of {vocabulary} tokens")]
    OutsideVocabulary {
        /// The id.
        id: usize,
        /// Tokens known.
        vocabulary: usize,
    },
}

// ANCHOR: smoothing
/// What an n-gram model gives to what it has not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Smoothing {
    /// (c(h w) + k) / (c(h) + k V): as if everything had been seen k times more (Laplace's rule for
    /// k = 1). V is the vocabulary's size.
    AddK(f64),
    /// λ c(h w) / c(h) + (1 − λ) p(w | h without its first token): a mixture of all orders down to
    /// 1/V.
    Interpolated(f64),
    /// max(c(h w) − D, 0) / c(h), plus the mass that the discounts D free, spread by the next lower
    /// order, which counts not how often w occurs but after how many different tokens (Kneser–Ney
    /// smoothing, interpolated).
    KneserNey(f64),
}
// ANCHOR_END: smoothing

/// What followed one history.
#[derive(Debug, Clone, Default, PartialEq)]
struct Followers {
    total: u32,
    counts: HashMap<usize, u32>,
}

/// For each history of one length, what followed it.
type Level = HashMap<Vec<usize>, Followers>;

fn add(level: &mut Level, history: &[usize], token: usize) {
    let followers = level.entry(history.to_vec()).or_default();
    followers.total += 1;
    *followers.counts.entry(token).or_default() += 1;
}

/// A counted text.
#[derive(Debug, Clone, PartialEq)]
pub struct NGram {
    smoothing: Smoothing,
    vocabulary: usize,
    /// Histories of 0, 1, …, N − 1 tokens.
    levels: Vec<Level>,
}

impl NGram {
    // ANCHOR: count
    /// Counts `tokens` for a model of order `order` (N) over `vocabulary` tokens.
    ///
    /// # Errors
    /// [`NGramError`] when the order is 0, the text is shorter than it, or an id lies outside the
    /// vocabulary.
    pub fn count(
        tokens: &[usize],
        order: usize,
        vocabulary: usize,
        smoothing: Smoothing,
    ) -> Result<Self, NGramError> {
        if order == 0 {
            return Err(NGramError::NoOrder);
        }
        if tokens.len() < order {
            return Err(NGramError::TooShort { tokens: tokens.len(), order });
        }
        if let Some(&id) = tokens.iter().find(|&&id| id >= vocabulary) {
            return Err(NGramError::OutsideVocabulary { id, vocabulary });
        }
        let mut levels = vec![Level::new(); order];
        for (length, level) in levels.iter_mut().enumerate() {
            for window in tokens.windows(length + 1) {
                add(level, &window[..length], window[length]);
            }
        }
        if matches!(smoothing, Smoothing::KneserNey(_)) {
            // Below the highest order, count each different (first token, rest) once.
            for length in (0..order - 1).rev() {
                let mut level = Level::new();
                for (history, followers) in &levels[length + 1] {
                    for &token in followers.counts.keys() {
                        add(&mut level, &history[1..], token);
                    }
                }
                levels[length] = level;
            }
        }
        Ok(Self { smoothing, vocabulary, levels })
    }
    // ANCHOR_END: count

    // ANCHOR: probability
    /// p(token | history). Of the history only the last N − 1 tokens are looked at.
    pub fn probability(&self, history: &[usize], token: usize) -> f64 {
        let length = history.len().min(self.levels.len() - 1);
        self.at(&history[history.len() - length..], token)
    }

    /// The same with a history of exactly as many tokens as its level.
    fn at(&self, history: &[usize], token: usize) -> f64 {
        let uniform = 1.0 / self.vocabulary as f64;
        let shorter = || if history.is_empty() { uniform } else { self.at(&history[1..], token) };
        let Some(followers) = self.levels[history.len()].get(history) else {
            // A history that was never seen says nothing.
            return if matches!(self.smoothing, Smoothing::AddK(_)) { uniform } else { shorter() };
        };
        let count = f64::from(followers.counts.get(&token).copied().unwrap_or(0));
        let total = f64::from(followers.total);
        match self.smoothing {
            Smoothing::AddK(k) => (count + k) / (total + k * self.vocabulary as f64),
            Smoothing::Interpolated(lambda) => lambda * count / total + (1.0 - lambda) * shorter(),
            Smoothing::KneserNey(discount) => {
                let freed = discount * followers.counts.len() as f64 / total;
                (count - discount).max(0.0) / total + freed * shorter()
            }
        }
    }
    // ANCHOR_END: probability

    /// Draws the token after `history`: the first at which the sum of probabilities passes a number
    /// drawn between 0 and 1.
    pub fn sample(&self, history: &[usize], rng: &mut impl Rng) -> usize {
        let mut left: f64 = rng.gen_range(0.0..1.0);
        let passed = (0..self.vocabulary).find(|&token| {
            left -= self.probability(history, token);
            left < 0.0
        });
        // Rounding can leave the sum a little below 1: the last token takes what is left.
        passed.unwrap_or(self.vocabulary - 1)
    }

    /// The mean of −log₂ p over `tokens`, each predicted from those before it: the cross-entropy in
    /// bits.
    pub fn bits_per_token(&self, tokens: &[usize]) -> f64 {
        let bits = |i: usize| -self.probability(&tokens[..i], tokens[i]).log2();
        (0..tokens.len()).map(bits).sum::<f64>() / tokens.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;
    use proptest::prelude::*;

    const ALL: [Smoothing; 3] =
        [Smoothing::AddK(0.3), Smoothing::Interpolated(0.8), Smoothing::KneserNey(0.75)];

    proptest! {
        #[test]
        fn probabilities_sum_to_one_after_any_history(
            text in prop::collection::vec(0_usize..6, 5..60),
            history in prop::collection::vec(0_usize..6, 0..5),
            order in 1_usize..5,
        ) {
            for smoothing in ALL {
                let model = NGram::count(&text, order, 6, smoothing).unwrap();
                let sum: f64 = (0..6).map(|token| model.probability(&history, token)).sum();
                prop_assert!((sum - 1.0).abs() < 1e-12, "{smoothing:?}: {sum}");
            }
        }
    }

    #[test]
    fn kneser_ney_asks_after_how_many_tokens() {
        // "San Francisco" three times: Francisco is frequent, but after San alone. "the" comes
        // after three different words.
        let [san, francisco, the, a, b, c] = [0, 1, 2, 3, 4, 5];
        let text = [san, francisco, a, the, san, francisco, b, the, san, francisco, c, the];
        let of = |smoothing| NGram::count(&text, 2, 6, smoothing).unwrap();
        // After `the`, neither was seen. Plain counts make them equally likely, Kneser–Ney prefers
        // the sociable one.
        let (plain, kn) = (of(Smoothing::Interpolated(0.8)), of(Smoothing::KneserNey(0.75)));
        assert_eq!(plain.probability(&[the], francisco), plain.probability(&[the], the));
        assert!(kn.probability(&[the], the) > 1.5 * kn.probability(&[the], francisco));
    }

    #[test]
    fn tokens_are_drawn_as_often_as_they_are_likely() {
        let model = NGram::count(&[0, 1, 0, 1, 0, 2], 2, 4, Smoothing::KneserNey(0.75)).unwrap();
        let mut rng = tensors::seeds::generator(1);
        let mut counts = [0.0; 4];
        for _ in 0..20_000 {
            counts[model.sample(&[0], &mut rng)] += 1.0;
        }
        for (token, count) in counts.into_iter().enumerate() {
            // Four standard errors of a share of 20,000 draws are at most 4·½/√20000 = 0.0141.
            assert!((count / 20_000.0 - model.probability(&[0], token)).abs() < 0.0142, "{token}");
        }
    }

    #[test]
    fn a_longer_history_helps_and_the_floor_holds() {
        let corpus = story::corpus(200_000, 1);
        let tokens = |text: &str| text.bytes().map(usize::from).collect::<Vec<_>>();
        let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
        let bits = |order| {
            let model = NGram::count(&train, order, 256, Smoothing::KneserNey(0.75)).unwrap();
            model.bits_per_token(&held_out[..5000])
        };
        let by_order = [1, 2, 3, 5].map(bits);
        assert!(by_order.windows(2).all(|pair| pair[1] < pair[0]), "{by_order:?}");
        assert!(by_order[3] > story::exact_entropy().bits_per_character());
    }

    #[test]
    fn bad_input_is_refused() {
        let count =
            |tokens: &[usize], order| NGram::count(tokens, order, 3, Smoothing::AddK(1.0)).unwrap_err();
        assert_eq!(count(&[], 1), NGramError::TooShort { tokens: 0, order: 1 });
        assert_eq!(count(&[1, 2], 3), NGramError::TooShort { tokens: 2, order: 3 });
        assert_eq!(count(&[1], 0), NGramError::NoOrder);
        assert_eq!(count(&[1, 3], 1), NGramError::OutsideVocabulary { id: 3, vocabulary: 3 });
    }
}
