//! The simplest tokenizer that knows every text: one token for each of the 256 byte values.
//!
//! In UTF-8 an English letter is one byte, a Chinese character three. No text is unknown, at the
//! price of long lists.

use crate::{TokenError, Tokenizer};

/// One token a byte.
///
/// ```
/// use tokens::{Bytes, Tokenizer};
/// assert_eq!(Bytes.encode("cat"), [99, 97, 116]);
/// assert_eq!(Bytes.encode("猫").len(), 3);
/// assert_eq!(Bytes.decode(&[99, 97, 116])?, b"cat");
/// # Ok::<(), tokens::TokenError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bytes;

impl Bytes {
    /// How many tokens there are, for the type of a model.
    pub const VOCABULARY: usize = 256;
}

impl Tokenizer for Bytes {
    fn name(&self) -> &'static str {
        "bytes"
    }

    fn vocabulary(&self) -> usize {
        Self::VOCABULARY
    }

    fn encode(&self, text: &str) -> Vec<usize> {
        text.bytes().map(usize::from).collect()
    }

    fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError> {
        let byte =
            |&id: &usize| u8::try_from(id).map_err(|_| TokenError { id, vocabulary: Self::VOCABULARY });
        ids.iter().map(byte).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            prop_assert_eq!(Bytes.decode(&Bytes.encode(&text)).unwrap(), text.into_bytes());
        }
    }

    #[test]
    fn an_id_outside_the_vocabulary_is_named() {
        let error = Bytes.decode(&[0, 256]).unwrap_err();
        assert_eq!(error.to_string(), "token id 256 is outside the vocabulary of 256 tokens");
    }
}
