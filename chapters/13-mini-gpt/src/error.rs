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
    #[error(
        "{what} has {tokens} tokens, but to judge a model takes two, one to read and one to predict: give more text, or all of it with --split all"
    )]
    NothingToJudge { what: String, tokens: usize },
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
    #[error("{} already holds a run: add --resume to go on with it, or choose another --out", path.display())]
    Exists { path: PathBuf },
    #[error("{} is a file, and a run is kept in a folder: choose another --out", path.display())]
    NotAFolder { path: PathBuf },
    #[error("another program is training in {}: wait for its end, or choose another --out", path.display())]
    Locked { path: PathBuf },
    #[error(
        "--{name} {given} differs from the run's {stored}: leave it out to resume, or start anew with another --out"
    )]
    Resume { name: &'static str, given: String, stored: String },
    #[error(
        "the text is not the one that this run was trained on: give the same --corpus, or start anew with another --out"
    )]
    OtherCorpus,
    #[error("--steps {steps} is less than the {done} that the run has done: give more, or leave it out")]
    FewerSteps { steps: usize, done: usize },
    #[error("another program has trained in {} since this one began: start it again to go on from there", path.display())]
    Overtaken { path: PathBuf },
    #[error("the loss is not a number at step {step}; the checkpoint of step {saved} is kept in {}: try a smaller --lr", path.display())]
    NotANumber { step: usize, saved: usize, path: PathBuf },
    #[error("the training loss is {loss:.2} at step {step}, worse than guessing; the checkpoint of step {saved} is kept in {}: try a smaller --lr", path.display())]
    Diverged { step: usize, loss: f64, saved: usize, path: PathBuf },
    #[error("{name} is not finite at step {step}; what was saved before is kept in {}: try a smaller --lr", path.display())]
    NotFinite { name: String, step: usize, path: PathBuf },
    #[error("interrupted at step {step}: go on with --resume --out {}", path.display())]
    Interrupted { step: usize, path: PathBuf },
    #[error("the text is too small for {vocabulary} tokens: {source}, or choose a --size that reads bytes")]
    Vocabulary { vocabulary: usize, source: tokens::TrainError },
    #[error("cannot write the result: {0}")]
    Output(std::io::Error),
    #[error(transparent)]
    Token(#[from] tokens::TokenError),
    #[error(transparent)]
    Plot(#[from] tensors::plot::PlotError),
}

impl Error {
    /// The exit status: 2 for bad input, 1 for a failure on the way, 130 for an interruption (as
    /// shells do for Ctrl-C). It is 0, a success of which nothing is said, when nobody reads the
    /// result any more.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
            Self::NotANumber { .. }
            | Self::Diverged { .. }
            | Self::NotFinite { .. }
            | Self::Output(_)
            | Self::Write { .. }
            | Self::Plot(_) => 1,
            Self::Interrupted { .. } => 130,
            _ => 2,
        }
    }
}
