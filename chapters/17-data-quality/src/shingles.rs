//! A text as the set of its runs of n words, and how alike two such sets are.
//!
//! Two texts that share many runs of five words share passages: few words come five in a row twice by
//! chance. The **Jaccard index** of two sets is the share of what is in both among what is in either,
//!
//! J(A, B) = |A ∩ B| / |A ∪ B|
//!
//! 1 for the same set, 0 for sets with nothing in common. Runs of words as a text's **shingles**, and
//! this measure of resemblance, are Broder's (1997).

use crate::hash::{hash, join};
use crate::normalise::words;

// ANCHOR: shingles
/// The different shingles of a text: hashes of its runs of `n` words, in ascending order. A text of fewer
/// words is one shingle.
///
/// # Panics
/// If `n` is 0.
pub fn shingles(text: &str, n: usize) -> Vec<u32> {
    let words: Vec<u64> = words(text).map(|word| hash(word.as_bytes())).collect();
    let mut shingles: Vec<u32> = match words.len() {
        0 => Vec::new(),
        few if few < n => vec![join(&words) as u32],
        _ => words.windows(n).map(|run| join(run) as u32).collect(),
    };
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The Jaccard index of two sets in ascending order; of two empty sets it is 1.
pub fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let both = a.iter().filter(|shingle| b.binary_search(shingle).is_ok()).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}
// ANCHOR_END: shingles

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;
    use std::collections::BTreeSet;

    /// The definition, with words instead of hashes.
    fn plain(a: &str, b: &str, n: usize) -> f64 {
        let set = |text: &str| -> BTreeSet<Vec<String>> {
            let words: Vec<String> = words(text).map(Cow::into_owned).collect();
            let n = n.min(words.len()).max(1);
            words.windows(n).map(<[String]>::to_vec).collect()
        };
        let (a, b) = (set(a), set(b));
        if a.is_empty() && b.is_empty() {
            1.0
        } else {
            a.intersection(&b).count() as f64 / a.union(&b).count() as f64
        }
    }

    proptest! {
        #[test]
        fn hashes_give_the_index_of_the_words(a in "[ab ]{0,40}", b in "[abC, ]{0,40}", n in 1_usize..6) {
            prop_assert_eq!(jaccard(&shingles(&a, n), &shingles(&b, n)), plain(&a, &b, n));
        }
    }

    #[test]
    fn by_hand() {
        // the cat sat, cat sat on, sat on the | the cat lay, cat lay on, lay on the: nothing in common;
        // with runs of one, {the, cat, sat, on} and {the, cat, lay, on} share three of five.
        let (a, b) = ("The cat sat on the.", "the cat lay on the");
        assert_eq!(jaccard(&shingles(a, 3), &shingles(b, 3)), 0.0);
        assert_eq!(jaccard(&shingles(a, 1), &shingles(b, 1)), 0.6);
        assert_eq!(jaccard(&shingles("", 3), &shingles("", 3)), 1.0);
        assert_eq!(shingles("two words", 5).len(), 1);
    }
}
