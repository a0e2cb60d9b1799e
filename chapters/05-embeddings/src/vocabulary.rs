//! The words of a corpus and their ids.

use crate::EmbeddingError;
use std::collections::{BTreeMap, HashMap};

/// The words of a corpus, the most frequent first; of equally frequent ones the first in the
/// alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    words: Vec<String>,
    counts: Vec<usize>,
    ids: HashMap<String, usize>,
}

impl Vocabulary {
    /// Counts the words of `text`, which are what stands between blanks.
    ///
    /// # Errors
    /// [`EmbeddingError::EmptyCorpus`] when there is none.
    ///
    /// ```
    /// let vocabulary = embeddings::vocabulary::Vocabulary::of("b a b")?;
    /// assert_eq!((vocabulary.id("b")?, vocabulary.id("a")?), (0, 1));
    /// # Ok::<(), embeddings::EmbeddingError>(())
    /// ```
    pub fn of(text: &str) -> Result<Self, EmbeddingError> {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for word in text.split_whitespace() {
            *found.entry(word).or_default() += 1;
        }
        if found.is_empty() {
            return Err(EmbeddingError::EmptyCorpus);
        }
        let mut found: Vec<(&str, usize)> = found.into_iter().collect();
        found.sort_by_key(|&(_, count)| std::cmp::Reverse(count)); // stable: the alphabet decides ties
        Ok(Self {
            words: found.iter().map(|(word, _)| (*word).to_owned()).collect(),
            counts: found.iter().map(|&(_, count)| count).collect(),
            ids: found.iter().enumerate().map(|(id, (word, _))| ((*word).to_owned(), id)).collect(),
        })
    }

    /// How many words there are.
    pub fn size(&self) -> usize {
        self.words.len()
    }

    /// How often each word occurs, by id.
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// The word of an id.
    ///
    /// # Panics
    /// When no word has it.
    pub fn word(&self, id: usize) -> &str {
        &self.words[id]
    }

    /// The id of a word.
    ///
    /// # Errors
    /// [`EmbeddingError::UnknownWord`].
    pub fn id(&self, word: &str) -> Result<usize, EmbeddingError> {
        self.ids.get(word).copied().ok_or_else(|| EmbeddingError::UnknownWord(word.to_owned()))
    }

    /// The sentences of a text as ids, a line a sentence. Words that are not in the vocabulary are
    /// left out, as word2vec does.
    pub fn encode(&self, text: &str) -> Vec<Vec<usize>> {
        let sentence =
            |line: &str| line.split_whitespace().filter_map(|word| self.ids.get(word).copied()).collect();
        text.lines().map(sentence).collect()
    }
}

/// What every method with a window asks of its sentences.
pub(crate) fn check_window(sentences: &[Vec<usize>], window: usize) -> Result<(), EmbeddingError> {
    let longest = sentences.iter().map(Vec::len).max().unwrap_or(0);
    match longest {
        0 => Err(EmbeddingError::EmptyCorpus),
        _ if window == 0 || window >= longest => Err(EmbeddingError::Window { window, longest }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_come_first_and_the_alphabet_decides_ties() {
        let vocabulary = Vocabulary::of("the dog saw the cat\nthe end").unwrap();
        let words: Vec<_> = (0..vocabulary.size()).map(|id| vocabulary.word(id)).collect();
        assert_eq!(words, ["the", "cat", "dog", "end", "saw"]);
        assert_eq!(vocabulary.counts(), [3, 1, 1, 1, 1]);
        assert_eq!(vocabulary.encode("the cat\nsaw an end"), [vec![0, 1], vec![4, 3]]);
    }

    #[test]
    fn a_corpus_without_words_and_an_unknown_word_are_refused() {
        assert_eq!(Vocabulary::of(" \n "), Err(EmbeddingError::EmptyCorpus));
        let unknown = Vocabulary::of("cat").unwrap().id("dog").unwrap_err();
        assert!(unknown.to_string().contains("\"dog\""), "{unknown}");
    }

    #[test]
    fn a_window_must_fit_into_the_longest_sentence() {
        let sentences = [vec![0, 1], vec![0, 1, 2]];
        assert_eq!(check_window(&sentences, 2), Ok(()));
        let refused = check_window(&sentences, 3).unwrap_err();
        assert_eq!(refused, EmbeddingError::Window { window: 3, longest: 3 });
        assert!(refused.to_string().ends_with("from 1 to 2"), "{refused}");
        assert!(check_window(&sentences, 0).is_err());
        assert_eq!(check_window(&[], 1), Err(EmbeddingError::EmptyCorpus));
        assert_eq!(check_window(&[vec![]], 1), Err(EmbeddingError::EmptyCorpus));
    }
}
