//! # Mini-GPT
//!
//! A decoder-only Transformer in the form of GPT-2, small enough to be trained on a laptop: the
//! [model], the [data] it reads, the [training loop](train), its [checkpoints](checkpoint), its
//! [evaluation](evaluate) and [sampling](generate).
//!
//! `cargo run --release -p mini-gpt` trains one on the stories of chapter 6 and says how far it is
//! from the best possible model.

pub mod beam;
pub mod cache;
pub mod checkpoint;
pub mod commands;
pub mod corpus;
pub mod data;
mod error;
pub mod evaluate;
pub mod generate;
pub mod initialise;
pub mod model;
pub mod parallel;
pub mod program;
pub mod report;
pub mod sampling;
pub mod settings;
pub mod sizes;
pub mod speed;
pub mod stream;
pub mod tokenizer;
pub mod train;
pub mod writing;

pub use error::Error;
pub use model::{Gpt, LanguageModel, Shape};
