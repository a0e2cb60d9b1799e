//! # Tokens
//!
//! A model reads numbers. A [`Tokenizer`] turns text into a list of them, the **token ids**, and back.

mod bytes;
mod tokenizer;

pub use bytes::Bytes;
pub use tokenizer::{TokenError, Tokenizer};
