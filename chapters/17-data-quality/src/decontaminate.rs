//! What the test must not have in common with the training text.
//!
//! A model that has read the test's answers is not tested by it. The usual defence is to throw out what
//! shares a run of n words with the test: GPT-3's authors took n = 13 (Brown et al. 2020, appendix C).
//! Here the share of a text's runs that occur in the test is computed; the pipeline says how much is too
//! much.

use crate::shingles::shingles;
use std::collections::BTreeSet;

/// The runs of words of a held-out text.
#[derive(Debug, Clone)]
pub struct HeldOut {
    runs: BTreeSet<u32>,
    n: usize,
}

// ANCHOR: overlap
impl HeldOut {
    /// The runs of `n` words of all texts of a test.
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>, n: usize) -> Self {
        Self { runs: texts.into_iter().flat_map(|text| shingles(text, n)).collect(), n }
    }

    /// The share of the text's different runs that occur in the test; 0 of none.
    pub fn overlap(&self, text: &str) -> f64 {
        let runs = shingles(text, self.n);
        let common = runs.iter().filter(|run| self.runs.contains(run)).count();
        common as f64 / runs.len().max(1) as f64
    }
}
// ANCHOR_END: overlap

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_that_of_runs_and_not_of_words() {
        let held_out = HeldOut::new(["the cat sat on the mat", "a dog"], 3);
        // Runs of three: "so the cat", "the cat sat", "cat sat down".
        assert_eq!(held_out.overlap("So the cat sat down"), 1.0 / 3.0);
        assert_eq!(held_out.overlap("THE CAT – sat, on the mat!"), 1.0);
        // All words are known, but in no run.
        assert_eq!(held_out.overlap("mat the on sat cat the"), 0.0);
        // Runs do not cross from one text of the test into the next.
        assert_eq!(held_out.overlap("the mat a dog"), 0.0);
        assert_eq!(held_out.overlap(""), 0.0);
    }
}
