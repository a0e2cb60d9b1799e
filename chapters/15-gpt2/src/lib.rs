//! # GPT-2
//!
//! The model of chapter 13 is GPT-2 in small (Radford et al. 2019). This chapter reads the files in
//! which GPT-2 is published: its sizes ([config]), its tokenizer ([vocabulary]) and its weights
//! ([weights]), which fill the very same type.
//!
//! Nothing is downloaded: the files are the reader's, or small ones that the tests make.

mod characters;
pub mod config;
mod error;
pub mod names;
pub mod sizes;
mod tokenizer_json;
pub mod vocabulary;
pub mod weights;

pub use config::Config;
pub use error::Error;
pub use vocabulary::Vocabulary;
