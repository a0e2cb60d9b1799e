//! What can go wrong, and what to do about it.

use std::path::PathBuf;
use thiserror::Error;

/// An error with one line for the person at the terminal.
#[derive(Debug, Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum Error {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {}: {source}; nothing that was saved before is lost", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{} is not UTF-8 text (byte {at} is no character): convert it, or choose another file", path.display())]
    NotUtf8 { path: PathBuf, at: usize },
    #[error("{} is UTF-16, not UTF-8: convert it, with iconv -f UTF-16 -t UTF-8 say", path.display())]
    Utf16 { path: PathBuf },
    #[error("{} has {bytes} bytes, more than the {longest} that a run can read: train on a part of it", path.display())]
    TooLong { path: PathBuf, bytes: u64, longest: u64 },
    #[error("{what} has {tokens} tokens, but a context of {context} needs at least {}: give more text or a smaller --context", context + 1)]
    TooShort { what: String, tokens: usize, context: usize },
    #[error(
        "no text of the corpus begins, after an empty line, {context} tokens or more before its end: leave out --from-beginnings, or give a smaller --context"
    )]
    NoBeginnings { context: usize },
    #[error("{path} is empty: give a file with some text", path = path.display())]
    Empty { path: PathBuf },
    #[error("--{name} {value} is out of range: {allowed}")]
    Setting { name: &'static str, value: String, allowed: String },
    #[error("{} is no checkpoint of mini-gpt: {reason}", path.display())]
    Checkpoint { path: PathBuf, reason: String },
    #[error("another program is training in {}: wait for its end, or choose another --out", path.display())]
    Locked { path: PathBuf },
    #[error("another program has trained in {} since this one began: start it again to go on from there", path.display())]
    Overtaken { path: PathBuf },
    #[error("the loss is not a number at step {step}; the checkpoint of step {saved} is kept in {}: try a smaller --lr", path.display())]
    NotANumber { step: usize, saved: usize, path: PathBuf },
    #[error("the training loss is {loss:.2} at step {step}, worse than guessing; the checkpoint of step {saved} is kept in {}: try a smaller --lr", path.display())]
    Diverged { step: usize, loss: f64, saved: usize, path: PathBuf },
    #[error("{name} is not finite at step {step}; what was saved before is kept in {}: try a smaller --lr", path.display())]
    NotFinite { name: String, step: usize, path: PathBuf },
    #[error(
        "--batch {batch} cannot be shared out evenly among {machines} processes: give a multiple of {machines}"
    )]
    Share { batch: usize, machines: usize },
    #[error(
        "the processes do not train the same run, their {what} differ: give all of them the same arguments and the same files"
    )]
    Disagree { what: &'static str },
    #[error("the text is too small for {vocabulary} tokens: {source}, or choose a --size that reads bytes")]
    Vocabulary { vocabulary: usize, source: tokens::TrainError },
    #[error(transparent)]
    Token(#[from] tokens::TokenError),
}

impl Error {
    /// Whether something failed on the way, rather than that what was given makes no sense.
    pub fn is_failure(&self) -> bool {
        matches!(
            self,
            Self::NotANumber { .. } | Self::Diverged { .. } | Self::NotFinite { .. } | Self::Write { .. }
        )
    }
}
