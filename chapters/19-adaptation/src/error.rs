//! What can go wrong, and what to do about it.

use std::path::PathBuf;
use thiserror::Error;

/// An error with one line for the person at the terminal.
#[derive(Debug, Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum Error {
    #[error("a rank of {rank} makes no sense: give 1 to {most}")]
    Rank { rank: usize, most: usize },
    #[error("an alpha of {0} makes no sense: give a positive number")]
    Alpha(f64),
    #[error("nothing is adapted: name a matrix at least")]
    NoTargets,
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{} is no adapter for this model: {reason}", path.display())]
    Adapter { path: PathBuf, reason: String },
    #[error("line {line} is no example: {reason}")]
    Line { line: usize, reason: String },
    #[error("there are no examples: give one at least")]
    NoExamples,
    #[error("example {example}: {reason}")]
    Example { example: usize, reason: String },
    #[error(
        "none of {answers} answers was rewarded, and there is nothing to learn from them: reward something that the model does now and then"
    )]
    NeverRewarded { answers: usize },
    #[error(transparent)]
    Reward(#[from] crate::reward::RewardError),
    #[error(transparent)]
    Gpt(#[from] gpt::Error),
}
