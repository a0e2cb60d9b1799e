//! # Language models
//!
//! A **language model** gives a probability to what comes next in a text. How good can one be? For
//! English nobody knows. For the stories of this chapter we do know: they are told by a [`story`]
//! grammar whose every choice has a known probability, so the exact [entropy](story::exact_entropy)
//! of the text is known too, and with it the loss that no model can beat.

mod embedding;
pub mod neural;
pub mod ngram;
pub mod story;

pub use embedding::Embedding;
