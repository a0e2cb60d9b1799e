//! Training byte-pair encoding: the most frequent pair becomes a token, again and again (Sennrich
//! et al. 2016).

use crate::bpe::{Bpe, byte_order};
use crate::pieces::pieces;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use thiserror::Error;

/// Two tokens side by side.
pub type Pair = (u32, u32);

/// Why no tokenizer could be trained.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TrainError {
    /// There is nothing to learn from.
    #[error("the corpus is empty: give some text")]
    EmptyCorpus,
    /// Every byte needs a token.
    #[error("a vocabulary of {0} tokens is too small: the 256 bytes alone need 256")]
    TooSmall(usize),
    /// The text has not pairs enough.
    #[error(
        "the corpus has pairs for {possible} tokens only, not for {asked}: ask for fewer, or give more text"
    )]
    TooLarge {
        /// Tokens asked for.
        asked: usize,
        /// Tokens that the corpus allows.
        possible: usize,
    },
}

/// A piece of text as tokens, and how often it occurs.
struct Word {
    tokens: Vec<u32>,
    count: i64,
}

/// Which pairs occur, how often, and in which words.
#[derive(Default)]
struct Pairs {
    counts: HashMap<Pair, i64>,
    places: HashMap<Pair, HashSet<usize>>,
    /// The most frequent first; of equally frequent ones, the pair with the smaller ids. Counts may
    /// be out of date.
    queue: BinaryHeap<(i64, Reverse<Pair>)>,
}

impl Pairs {
    fn add(&mut self, pair: Pair, count: i64, word: usize) {
        *self.counts.entry(pair).or_default() += count;
        if count > 0 {
            self.places.entry(pair).or_default().insert(word);
        }
    }

    /// The most frequent pair, if one occurs.
    fn best(&mut self) -> Option<Pair> {
        while let Some((count, Reverse(pair))) = self.queue.pop() {
            let now = self.counts[&pair];
            if count == now && now > 0 {
                return Some(pair);
            }
            if now > 0 {
                self.queue.push((now, Reverse(pair)));
            }
        }
        None
    }
}

// ANCHOR: train
impl Bpe {
    /// Learns a vocabulary of `size` tokens from `text`: the 256 bytes, and one token for each
    /// merge.
    ///
    /// # Errors
    /// [`TrainError`] when the text is empty, `size` is below 256, or the text has not pairs
    /// enough.
    pub fn train(text: &str, size: usize) -> Result<Self, TrainError> {
        if text.is_empty() {
            return Err(TrainError::EmptyCorpus);
        }
        if size < 256 {
            return Err(TrainError::TooSmall(size));
        }
        let (mut words, mut pairs) = (count_words(text), Pairs::default());
        for (place, word) in words.iter().enumerate() {
            for pair in word.tokens.windows(2) {
                pairs.add((pair[0], pair[1]), word.count, place);
            }
        }
        pairs.queue = pairs.counts.iter().map(|(pair, count)| (*count, Reverse(*pair))).collect();

        let mut bpe = Self::of_bytes();
        while bpe.vocabulary_size() < size {
            let Some(pair) = pairs.best() else {
                return Err(TrainError::TooLarge { asked: size, possible: bpe.vocabulary_size() });
            };
            let merged = bpe.add_merge(pair);
            let mut places: Vec<usize> =
                pairs.places.remove(&pair).unwrap_or_default().into_iter().collect();
            places.sort_unstable();
            let mut changed = HashSet::new();
            for place in places {
                merge_word(&mut words[place], pair, merged, |pair, count| {
                    pairs.add(pair, count, place);
                    changed.insert(pair);
                });
            }
            // The pair itself is gone.
            pairs.counts.insert(pair, 0);
            pairs.queue.extend(changed.iter().map(|pair| (pairs.counts[pair], Reverse(*pair))));
        }
        Ok(bpe)
    }
}

/// Replaces `pair` by `merged` in a word, from left to right, and reports how the counts of its
/// neighbours change.
fn merge_word(word: &mut Word, pair: Pair, merged: u32, mut change: impl FnMut(Pair, i64)) {
    let mut i = 0;
    while i + 1 < word.tokens.len() {
        if (word.tokens[i], word.tokens[i + 1]) == pair {
            if i > 0 {
                change((word.tokens[i - 1], pair.0), -word.count);
                change((word.tokens[i - 1], merged), word.count);
            }
            if let Some(&next) = word.tokens.get(i + 2) {
                change((pair.1, next), -word.count);
                change((merged, next), word.count);
            }
            word.tokens[i] = merged;
            word.tokens.remove(i + 1);
        }
        i += 1;
    }
}
// ANCHOR_END: train

/// The different pieces of the text as bytes, in order of first appearance, with their counts.
fn count_words(text: &str) -> Vec<Word> {
    let (order, mut index, mut words) = (byte_order(), HashMap::new(), Vec::<Word>::new());
    for piece in pieces(text) {
        let place = *index.entry(piece).or_insert_with(|| {
            let tokens = piece.bytes().map(|byte| order[usize::from(byte)]).collect();
            words.push(Word { tokens, count: 0 });
            words.len() - 1
        });
        words[place].count += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_pair_is_merged_first() {
        let bpe = Bpe::train("low low lower lowest", 258).unwrap();
        let bytes = |id: u32| bpe.bytes_of(id).to_vec();
        // `lo` and `ow` occur four times each; l has the smaller id.
        assert_eq!((bytes(256), bytes(257)), (b"lo".to_vec(), b"low".to_vec()));
    }

    #[test]
    fn bad_input_is_refused_with_advice() {
        assert_eq!(Bpe::train("", 300).unwrap_err(), TrainError::EmptyCorpus);
        assert_eq!(Bpe::train("abc", 255).unwrap_err(), TrainError::TooSmall(255));
        // abc allows two merges.
        assert_eq!(Bpe::train("abc", 300).unwrap_err(), TrainError::TooLarge { asked: 300, possible: 258 });
    }
}
