//! What the test must not have in common with the training text.
//!
//! A model that has read the test's answers is not tested by it. The strict defence is to take out of a
//! text whatever run of n words it shares with the test: GPT-3's authors took n = 13 (appendix C of
//! Brown et al. 2020). Here the share of a test item's runs that a text has is computed, and the pipeline says how
//! much is too much. It must be the *item's* share: a short question inside a long page is a small part of
//! the page, and all of the question.

use crate::hash::Table;
use crate::shingles::shingles;

/// The items of a test, by their runs of words.
#[derive(Debug, Clone)]
pub struct HeldOut {
    /// For each run the items that have it.
    items: Table<u32, Vec<usize>>,
    /// How many different runs each item has.
    runs: Vec<usize>,
    n: usize,
}

// ANCHOR: overlap
impl HeldOut {
    /// The runs of `n` words of all items of a test.
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>, n: usize) -> Self {
        let (mut items, mut runs) = (Table::<u32, Vec<usize>>::default(), Vec::new());
        for (item, text) in texts.into_iter().enumerate() {
            let own = shingles(text, n);
            runs.push(own.len());
            for run in own {
                items.entry(run).or_default().push(item);
            }
        }
        Self { items, runs, n }
    }

    /// The largest share of an item's different runs that the text has; 0 without items.
    pub fn overlap(&self, text: &str) -> f64 {
        let mut common = vec![0; self.runs.len()];
        for run in shingles(text, self.n) {
            for &item in self.items.get(&run).into_iter().flatten() {
                common[item] += 1;
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
        let held_out = HeldOut::new(["the cat sat on the mat", "a dog ran off"], 3);
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
        assert_eq!(HeldOut::new([], 3).overlap("the cat sat"), 0.0);
    }

    #[test]
    fn a_short_item_inside_a_long_text_is_found() {
        let held_out = HeldOut::new(["what did the owl know"], 3);
        let page =
            format!("{} What did the owl know? {}", "so it is. ".repeat(99), "yes and no. ".repeat(99));
        assert_eq!(held_out.overlap(&page), 1.0);
    }
}
