//! Byte-pair encoding as its definition reads: count, merge, repeat. It is slow, for it counts every
//! pair anew for each merge. [`Bpe::train`] and [`Bpe`]'s encoder give the same, and tests hold them
//! to it; only where no pair is left, `Bpe::train` refuses, and this returns fewer tokens.

use crate::bpe::byte_order;
use crate::{Bpe, Pair, Tokenizer, pieces};
use std::collections::BTreeMap;

// ANCHOR: plain
/// Learns a vocabulary of `size` tokens from `text`, or of fewer when no pair is left. Of equally
/// frequent pairs the one with the smaller ids goes first.
pub fn train(text: &str, size: usize) -> Bpe {
    let (mut bpe, mut words) = (Bpe::of_bytes(), words(text));
    while bpe.vocabulary() < size {
        let mut counts = BTreeMap::new();
        for pair in words.iter().flat_map(|word| word.windows(2)) {
            *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
        // Of equal maxima the last one is taken: from the back, the one with the smallest ids.
        let Some((pair, _)) = counts.into_iter().rev().max_by_key(|&(_, count)| count) else { break };
        let merged = bpe.add_merge(pair);
        for word in &mut words {
            merge(word, pair, merged);
        }
    }
    bpe
}

/// The pieces of `text`, each as the ids of its bytes.
fn words(text: &str) -> Vec<Vec<u32>> {
    let order = byte_order();
    pieces(text).map(|piece| piece.bytes().map(|byte| order[usize::from(byte)]).collect()).collect()
}

/// Replaces `pair` by `merged`, from left to right.
fn merge(word: &mut Vec<u32>, pair: Pair, merged: u32) {
    let mut place = 1;
    while place < word.len() {
        if (word[place - 1], word[place]) == pair {
            word[place - 1] = merged;
            word.remove(place);
        }
        place += 1;
    }
}

/// The tokens of `text`: in each piece, of all merges that apply, the one learned first goes first,
/// and the leftmost of those.
pub fn encode(bpe: &Bpe, text: &str) -> Vec<u32> {
    let mut words = words(text);
    for word in &mut words {
        let learned = |word: &[u32], place| Some((bpe.merge(word[place - 1], word[place])?, place));
        while let Some(((_rank, merged), place)) =
            (1..word.len()).filter_map(|place| learned(word, place)).min()
        {
            word[place - 1] = merged;
            word.remove(place);
        }
    }
    words.concat()
}
// ANCHOR_END: plain

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TrainError;
    use proptest::prelude::*;

    /// Whether the fast trainer and encoder give what the plain ones give.
    fn agree(text: &str, size: usize, other: &str) -> Result<(), TestCaseError> {
        let plain = train(text, size);
        let possible = plain.vocabulary();
        if possible < size {
            let refused = TrainError::TooLarge { asked: size, possible };
            prop_assert_eq!(Bpe::train(text, size), Err(refused));
        }
        let fast = Bpe::train(text, possible).expect("as many tokens as the plain trainer has found");
        prop_assert_eq!(&fast, &plain);
        for text in [text, other] {
            let ids: Vec<usize> = encode(&plain, text).into_iter().map(|id| id as usize).collect();
            prop_assert_eq!(fast.encode(text), ids);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        // Two letters and a blank make long runs, and many pairs that are equally frequent.
        #[test]
        fn the_fast_ones_do_the_same_on_any_text(text in "[ab ]{1,60}", size in 256..290_usize, other in "[ab ]{0,60}") {
            agree(&text, size, &other)?;
        }

        #[test]
        fn and_on_texts_of_many_letters(text in "[a-e é猫]{1,80}", size in 256..290_usize, other in any::<String>()) {
            agree(&text, size, &other)?;
        }
    }

    #[test]
    fn the_fast_ones_do_the_same_on_stories_code_and_eight_languages() {
        let stories = include_str!("../corpora/stories.txt");
        let rust = include_str!("../corpora/rust.txt");
        let languages = include_str!("../corpora/languages.txt");
        for (text, other) in [(stories, rust), (rust, languages), (languages, stories)] {
            agree(text, 400, other).unwrap();
        }
    }
}
