//! What can go wrong, and what to do about it.

use thiserror::Error;

/// An error with one line for the person at the terminal.
#[derive(Debug, Error)]
pub enum Error {
    #[error(
        "token id {id} is outside the model's vocabulary of {vocabulary} tokens: give smaller --ids, or the vocabulary that belongs to the model"
    )]
    Id { id: usize, vocabulary: usize },
    #[error("{given} tokens were given, but {what}")]
    Count { given: usize, what: String },
    #[error("the text is empty, and a model needs a token to begin with: give some text{}", end.map(|id| format!(", or --ids {id}, the token that parts texts")).unwrap_or_default())]
    Nothing { end: Option<usize> },
    #[error(transparent)]
    Folder(#[from] pretrained::Error),
    #[error(transparent)]
    Writing(#[from] mini_gpt::Error),
}

impl Error {
    /// The exit status: as of `mini-gpt` for what the two programs share, 2 for bad input.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Writing(error) => error.exit_code(),
            _ => 2,
        }
    }
}
