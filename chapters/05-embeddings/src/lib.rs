//! # Embeddings
//!
//! A token id says nothing about its token. An **embedding** gives each token a vector, such that
//! tokens which are used alike lie near each other. This chapter counts its way there, then learns
//! it: bag of words, co-occurrence, PPMI, word2vec, GloVe. All are judged by a little [`world`]
//! whose relations are known.

pub mod bag;
pub mod cooccurrence;
pub mod glove;
pub mod judge;
pub mod principal;
pub mod space;
pub mod vocabulary;
pub mod word2vec;
pub mod world;

use thiserror::Error;

/// Why no vectors were made.
#[derive(Debug, Error, PartialEq)]
pub enum EmbeddingError {
    /// There is no word to learn from.
    #[error("the corpus has no words: give at least one sentence of two words")]
    EmptyCorpus,
    /// No sentence is as long as the window asks for.
    #[error(
        "a window of {window} words to each side is longer than the longest sentence, which has {longest} words: choose a window from 1 to {}",
        .longest.saturating_sub(1)
    )]
    Window {
        /// Words to each side.
        window: usize,
        /// Words of the longest sentence.
        longest: usize,
    },
    /// A word that the corpus does not have.
    #[error("the corpus does not have the word {0:?}: its vector was never learned")]
    UnknownWord(String),
    /// The loss became infinite or undefined.
    #[error("the loss is {loss} in epoch {epoch}: lower the learning rate")]
    NotANumber {
        /// The epoch, counted from 0.
        epoch: usize,
        /// The loss.
        loss: f64,
    },
}
