//! How a model's text becomes tokens: byte by byte, or by byte-pair encoding learned from the text
//! itself.
//!
//! How many tokens a model knows is in its type, and decides: 256 are the bytes.

use crate::Error;
use serde::{Deserialize, Serialize};
use tokens::{Bpe, Bytes, MergeError, TokenError, Tokenizer};

/// A model's tokenizer, as its checkpoints keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
pub enum Tokens {
    /// A token is a byte.
    Bytes,
    /// A token is a string of bytes.
    Bpe(Bpe),
}

/// What tells a tokenizer from others: of byte-pair encoding, its merges.
#[derive(Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "lowercase")]
enum Stored {
    Bytes,
    Bpe { merges: Vec<(u32, u32)> },
}

impl From<Tokens> for Stored {
    fn from(tokens: Tokens) -> Self {
        match tokens {
            Tokens::Bytes => Self::Bytes,
            Tokens::Bpe(bpe) => Self::Bpe { merges: bpe.merges().to_vec() },
        }
    }
}

impl TryFrom<Stored> for Tokens {
    type Error = MergeError;

    fn try_from(stored: Stored) -> Result<Self, MergeError> {
        match stored {
            Stored::Bytes => Ok(Self::Bytes),
            Stored::Bpe { merges } => Bpe::from_merges(&merges).map(Self::Bpe),
        }
    }
}

impl Tokens {
    /// The tokenizer of a model that knows `vocabulary` tokens and reads `text`.
    ///
    /// # Errors
    /// When the text is too small to learn so many tokens from.
    pub fn learn(vocabulary: usize, text: &str) -> Result<Self, Error> {
        if vocabulary == Bytes::VOCABULARY {
            return Ok(Self::Bytes);
        }
        Bpe::train(text, vocabulary)
            .map(Self::Bpe)
            .map_err(|source| Error::Vocabulary { vocabulary, source })
    }

    fn inner(&self) -> &dyn Tokenizer {
        match self {
            Self::Bytes => &Bytes,
            Self::Bpe(bpe) => bpe,
        }
    }
}

impl Tokenizer for Tokens {
    fn name(&self) -> &'static str {
        self.inner().name()
    }

    fn vocabulary(&self) -> usize {
        self.inner().vocabulary()
    }

    fn encode(&self, text: &str) -> Vec<usize> {
        self.inner().encode(text)
    }

    fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError> {
        self.inner().decode(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tokenizer_comes_back_from_a_checkpoint() {
        let text = "the cat sat on the mat, and the other cat sat on the other mat ".repeat(3);
        for vocabulary in [256, 270] {
            let tokens = Tokens::learn(vocabulary, &text).unwrap();
            assert_eq!(tokens.vocabulary(), vocabulary);
            let stored = serde_json::to_string(&tokens).unwrap();
            let back: Tokens = serde_json::from_str(&stored).unwrap();
            assert_eq!(back, tokens);
            assert_eq!(back.decode(&back.encode("the cat 猫")).unwrap(), "the cat 猫".as_bytes());
        }
    }

    #[test]
    fn a_merge_of_tokens_that_do_not_exist_is_refused() {
        let stored = r#"{"name": "bpe", "merges": [[3, 4], [256, 258]]}"#;
        let error = serde_json::from_str::<Tokens>(stored).unwrap_err().to_string();
        assert!(error.contains("token id 258 is outside the vocabulary of 257 tokens"), "{error}");
    }

    #[test]
    fn merges_that_double_a_token_without_end_are_refused() {
        let doubling: Vec<(u32, u32)> =
            (0..60).map(|i| if i == 0 { (0, 0) } else { (255 + i, 255 + i) }).collect();
        let stored =
            format!("{{\"name\": \"bpe\", \"merges\": {}}}", serde_json::to_string(&doubling).unwrap());
        let error = serde_json::from_str::<Tokens>(&stored).unwrap_err().to_string();
        assert!(error.contains("too many for 20 merges"), "{error}");
    }

    #[test]
    fn a_text_too_small_for_the_vocabulary_is_refused_with_advice() {
        let message = Tokens::learn(1024, "a few words").unwrap_err().to_string();
        assert!(message.contains("1024") && message.contains("reads bytes"), "{message}");
    }
}
