//! # Tokens
//!
//! A model reads numbers. A [`Tokenizer`] turns text into a list of them, the **token ids**, and
//! back: [`Bytes`] gives every byte an id, [`Bpe`] learns from a text which strings of bytes
//! deserve one.

mod bpe;
mod bytes;
mod pieces;
pub mod plain;
mod tokenizer;
mod train;

pub use bpe::{Bpe, Merge, MergeError, Pair, SpellingError};
pub use bytes::Bytes;
pub use pieces::pieces;
pub use tokenizer::{TokenError, Tokenizer};
pub use train::TrainError;
