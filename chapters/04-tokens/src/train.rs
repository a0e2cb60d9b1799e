//! Training byte-pair encoding: the most frequent pair becomes a token, again and again (Sennrich
//! et al. 2016).

use crate::bpe::{Bpe, MergeError, Pair, byte_order};
use crate::pieces::pieces;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use thiserror::Error;

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
    /// The text repeats itself over megabytes without a blank.
    #[error("the corpus has stretches without a blank that are too long: {0}")]
    TooLong(#[from] MergeError),
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
        let mut length = 0;
        while bpe.vocabulary_size() < size {
            let Some(pair) = pairs.best() else {
                return Err(TrainError::TooLarge { asked: size, possible: bpe.vocabulary_size() });
            };
            // What is learned can be read again from its merges: the same limit.
            length += bpe.bytes_of(pair.0).len() + bpe.bytes_of(pair.1).len();
            MergeError::check(bpe.merges().len() + 1, length)?;
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
/// neighbours change. What is left moves up at once: a text without a blank is one word, and
/// moving all that follows for each merge would take time with the square of its length.
fn merge_word(word: &mut Word, pair: Pair, merged: u32, mut change: impl FnMut(Pair, i64)) {
    let Word { tokens, count } = word;
    let (mut read, mut written) = (0, 0_usize);
    while read < tokens.len() {
        let token = tokens[read];
        if token == pair.0 && tokens.get(read + 1) == Some(&pair.1) {
            if let Some(before) = written.checked_sub(1) {
                change((tokens[before], pair.0), -*count);
                change((tokens[before], merged), *count);
            }
            if let Some(&next) = tokens.get(read + 2) {
                change((pair.1, next), -*count);
                change((merged, next), *count);
            }
            tokens[written] = merged;
            read += 2;
        } else {
            tokens[written] = token;
            read += 1;
        }
        written += 1;
    }
    tokens.truncate(written);
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
    use crate::Tokenizer;
    use cpu_time::ThreadTime;
    use std::time::Duration;

    #[test]
    fn a_megabyte_without_a_blank_takes_a_moment() {
        let mut letters = 1_u32;
        let text: String = (0..1_000_000)
            .map(|_| {
                letters = letters.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ['A', 'C', 'G', 'T'][(letters >> 30) as usize]
            })
            .collect();
        let begun = ThreadTime::now();
        let bpe = Bpe::train(&text, 300).unwrap();
        // One second of a processor. Moving all that follows for each merge takes ten.
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
        assert_eq!(bpe.decode(&bpe.encode(&text)).unwrap(), text.as_bytes());
    }

    #[test]
    fn a_megabyte_of_one_letter_is_refused() {
        let text = "a".repeat(1 << 20);
        // Each merge joins a token with itself: the twentieth makes one of a megabyte, and all of them
        // together have 2 + 4 + … + 2²⁰ bytes.
        assert!(Bpe::train(&text, 256 + 19).is_ok());
        let long = MergeError::TooLong { merges: 20, bytes: (1 << 21) - 2 };
        assert_eq!(Bpe::train(&text, 256 + 20), Err(TrainError::TooLong(long)));
    }

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
