//! What every tokenizer can do.

use thiserror::Error;

/// Ids that are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("token id {id} is outside the vocabulary of {vocabulary} tokens")]
pub struct TokenError {
    /// The id.
    pub id: usize,
    /// How many tokens there are: valid ids are smaller.
    pub vocabulary: usize,
}

// ANCHOR: tokenizer
/// From text to token ids and back.
///
/// `decode(encode(text))` gives the bytes of `text` back, for every text. Decoding gives bytes
/// rather than a string because a list of ids can end in the middle of a character.
pub trait Tokenizer {
    /// A name for it that a checkpoint can store.
    fn name(&self) -> &'static str;

    /// How many different tokens there are. Ids are smaller than this.
    fn vocabulary(&self) -> usize;

    /// The token ids of `text`.
    fn encode(&self, text: &str) -> Vec<usize>;

    /// The bytes that `ids` stand for.
    ///
    /// # Errors
    /// [`TokenError`] for an id outside the vocabulary.
    fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError>;
}
// ANCHOR_END: tokenizer
