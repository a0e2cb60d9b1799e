//! # Mini-GPT
//!
//! A decoder-only Transformer in the form of GPT-2, small enough to be trained on a laptop.
//!
//! | what | where |
//! |---|---|
//! | the model, how its weights start, its named sizes | [model], [initialise], [sizes](mod@sizes) |
//! | its parts, which can be exchanged, and a look at what passes through them | [parts], [seen] |
//! | the text, its tokens, windows of them | [corpus], [tokenizer], [data] |
//! | a run: what decides it, one step, the loop | [settings], [run], [loss], [train](mod@train) |
//! | how good it is | [evaluate] |
//! | several machines | [together], [flat] |
//! | a run on disk | [checkpoint], [fs] |
//!
//! The program `mini-gpt` stands on top: `cargo run --release -p mini-gpt` trains one on the stories
//! of chapter 6 and says how far it is from the best possible model.

pub mod checkpoint;
pub mod corpus;
pub mod data;
mod error;
pub mod evaluate;
pub mod fingerprint;
pub mod flat;
pub mod fs;
pub mod initialise;
pub mod loss;
pub mod model;
pub mod parts;
pub mod run;
pub mod seen;
pub mod settings;
pub mod sizes;
pub mod together;
pub mod tokenizer;
pub mod train;

pub use error::Error;
pub use kernels::Shape;
pub use model::{Gpt, LanguageModel, Trainable, Whole};
pub use run::Run;
pub use settings::Settings;
pub use transformer::{Sizes, sizes};
