//! What can be wrong with a folder of GPT-2's files, or with what is asked of it.

use std::path::PathBuf;
use thiserror::Error;

/// An error with one line for the person at the terminal.
#[derive(Debug, Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum Error {
    #[error("cannot read {}: {source}; a folder of GPT-2 holds config.json, model.safetensors (or shards of it with model.safetensors.index.json) and, for texts, tokenizer.json or vocab.json and merges.txt", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} does not describe a GPT-2: {reason}", path.display())]
    Config { path: PathBuf, reason: String },
    #[error("{} does not hold GPT-2's weights: {reason}", path.display())]
    Weights { path: PathBuf, reason: String },
    #[error("{} has no vocabulary: to read a text takes vocab.json and merges.txt, or tokenizer.json; without them give --ids", folder.display())]
    NoVocabulary { folder: PathBuf },
    #[error("{} is not GPT-2's vocabulary: {reason}", path.display())]
    Vocabulary { path: PathBuf, reason: String },
    #[error(
        "no model of this size is compiled in ({asked}): there are {known}; add a line to chapters/15-gpt2/src/sizes.rs"
    )]
    Size { asked: String, known: String },
}
