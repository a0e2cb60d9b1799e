//! What the test must not have in common with the training text.
//!
//! A model that has read the test's answers is not tested by it. The strict defence is to take out of a
//! text whatever run of n words it shares with the test: GPT-3's authors took n = 13 (appendix C of
//! Brown et al. 2020). Here the share of a test item's runs that a text has is computed, and the pipeline says how
//! much is too much. It must be the *item's* share: a short question inside a long page is a small part of
//! the page, and all of the question.
//!
//! A question of ten words has no run of 13. It is one run, of its own length, and has to be looked for
//! among the text's runs of that length. What is shorter still says nothing: somebody may have written it
//! without having seen the test. GPT-3's authors drew the line at 8 words.

use crate::hash::Table;
use crate::normalise::words;
use crate::shingles::shingles;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The items of a test, by their runs of words.
#[derive(Debug, Clone)]
pub struct HeldOut {
    /// For each run the items that have it.
    items: Table<u32, Vec<usize>>,
    /// How many different runs each item has: none if it is too short.
    runs: Vec<usize>,
    /// Of how many words the runs are.
    lengths: BTreeSet<usize>,
}

// ANCHOR: overlap
impl HeldOut {
    /// The runs of all items of a test: of the largest number of words in `run`, of an item of fewer words
    /// all its words. Items of fewer words than the smallest are not looked for.
    ///
    /// # Panics
    /// If `run` begins with 0.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>, run: RangeInclusive<usize>) -> Self {
        assert!(*run.start() > 0, "a run has a word");
        let (mut items, mut runs) = (Table::<u32, Vec<usize>>::default(), Vec::new());
        let mut lengths = BTreeSet::new();
        for (item, text) in texts.into_iter().enumerate() {
            let length = words(text).count().min(*run.end());
            let own = if run.contains(&length) { shingles(text, length) } else { Vec::new() };
            runs.push(own.len());
            lengths.extend((!own.is_empty()).then_some(length));
            for run in own {
                items.entry(run).or_default().push(item);
            }
        }
        Self { items, runs, lengths }
    }

    /// How many items are too short to be looked for.
    pub fn too_short(&self) -> usize {
        self.runs.iter().filter(|runs| **runs == 0).count()
    }

    /// The largest share of an item's different runs that the text has; 0 without items.
    pub fn overlap(&self, text: &str) -> f64 {
        let mut common = vec![0; self.runs.len()];
        let count = words(text).count();
        for &length in self.lengths.range(..=count) {
            for run in shingles(text, length) {
                for &item in self.items.get(&run).into_iter().flatten() {
                    common[item] += 1;
                }
            }
        }
        let share = |(&common, &runs): (&usize, &usize)| common as f64 / runs.max(1) as f64;
        common.iter().zip(&self.runs).map(share).fold(0.0, f64::max)
    }
}
// ANCHOR_END: overlap

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_that_of_the_items_runs() {
        let held_out = HeldOut::new(["the cat sat on the mat", "a dog ran off"], 3..=3);
        // Of "the cat sat", "cat sat on", "sat on the", "on the mat" the text has the first.
        assert_eq!(held_out.overlap("So the cat sat down"), 1.0 / 4.0);
        assert_eq!(held_out.overlap("THE CAT – sat, on the mat!"), 1.0);
        // Of two items the one that has more in common counts, and not both together.
        assert_eq!(held_out.overlap("The cat sat. A dog ran"), 1.0 / 2.0);
        // All words are known, but in no run.
        assert_eq!(held_out.overlap("mat the on sat cat the"), 0.0);
        // Runs do not cross from one text of the test into the next.
        assert_eq!(held_out.overlap("the mat a dog"), 0.0);
        assert_eq!(held_out.overlap(""), 0.0);
        assert_eq!(HeldOut::new([], 3..=3).overlap("the cat sat"), 0.0);
    }

    #[test]
    fn a_short_item_inside_a_long_text_is_found() {
        // Of as many words as a run, of more, and of fewer.
        for run in [5..=5, 3..=3, 5..=13] {
            let held_out = HeldOut::new(["what did the owl know"], run.clone());
            let page =
                format!("{} What did the owl know? {}", "so it is. ".repeat(99), "yes and no. ".repeat(99));
            assert_eq!(held_out.overlap(&page), 1.0, "{run:?}");
            assert_eq!(held_out.overlap("What did the owl know?"), 1.0, "{run:?}, alone");
        }
    }

    #[test]
    fn a_short_item_is_all_or_nothing() {
        let held_out = HeldOut::new(["what did the owl know"], 3..=13);
        assert_eq!(held_out.overlap("He asked what did the owl see and not know"), 0.0);
        assert_eq!(held_out.overlap("did the owl"), 0.0, "nor is a text of fewer words a run of it");
    }

    #[test]
    fn what_anybody_may_write_is_not_looked_for_and_is_counted() {
        let held_out = HeldOut::new(["yes", "", "what did the owl know", "well well"], 3..=13);
        assert_eq!(held_out.too_short(), 3);
        assert_eq!(held_out.overlap("Yes! Well, well."), 0.0);
    }
}
