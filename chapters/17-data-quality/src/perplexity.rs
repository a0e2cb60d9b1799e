//! A quality filter: how surprised is a small model that has read good text?
//!
//! CCNet (Wenzek et al. 2020) keeps the pages of the web that a 5-gram model of Wikipedia predicts well.
//! Here it is chapter 6's n-gram model, over bytes, and what it has read is clean stories. Of its score,
//! bits a byte, 2 to the power is the **perplexity**.

use language_models::ngram::{NGram, NGramError, Smoothing};

/// A model of good text.
#[derive(Debug, Clone)]
pub struct Perplexity {
    model: NGram,
    order: usize,
}

// ANCHOR: perplexity
impl Perplexity {
    /// Counts the bytes of good text, in runs of `order`.
    ///
    /// # Errors
    /// [`NGramError`] if there is too little of it, or the order is 0.
    pub fn train(good: &str, order: usize) -> Result<Self, NGramError> {
        let bytes: Vec<usize> = good.bytes().map(usize::from).collect();
        Ok(Self { model: NGram::count(&bytes, order, 256, Smoothing::KneserNey(0.75))?, order })
    }

    /// Bits a byte of `text`, as if it stood after an empty line: the lower, the more like good text.
    pub fn bits(&self, text: &str) -> f64 {
        let bytes: Vec<usize> = "\n\n".bytes().chain(text.bytes()).map(usize::from).collect();
        let bits = |at: usize| {
            let history = &bytes[at.saturating_sub(self.order - 1)..at];
            -self.model.probability(history, bytes[at]).log2()
        };
        (2..bytes.len()).map(bits).sum::<f64>() / text.len() as f64
    }
}
// ANCHOR_END: perplexity

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story;
    use tensors::seeds;

    #[test]
    fn good_text_surprises_less_than_other_text() {
        let model = Perplexity::train(&story::corpus(100_000, 1).train, 5).unwrap();
        let mut rng = seeds::generator(2);
        let worst = (0..20).map(|_| model.bits(&story::tell(&mut rng))).fold(0.0, f64::max);
        let other = model.bits("What a man may do with a screwdriver depends on the screw.");
        assert!(worst + 1.0 < other, "{worst} and {other}");
    }

    #[test]
    fn bits_are_those_of_chapter_6_after_an_empty_line() {
        let train = "a b a c\n\na b a\n\na c a b\n\n";
        let model = Perplexity::train(train, 3).unwrap();
        let ids = |text: &str| text.bytes().map(usize::from).collect::<Vec<_>>();
        let whole = ids("\n\na c\n");
        let of = NGram::count(&ids(train), 3, 256, Smoothing::KneserNey(0.75)).unwrap();
        let expected: f64 = (2..5).map(|at| -of.probability(&whole[..at], whole[at]).log2()).sum();
        assert!((model.bits("a c") - expected / 3.0).abs() < 1e-12);
        assert!(Perplexity::train("ab", 5).is_err());
    }
}
