//! # Generation
//!
//! A language model gives probabilities; a text is made by choosing. How to choose ([`sampling`]),
//! how not to compute everything again for each token ([`cache`]), how to look ahead ([`beam`]) and
//! where to stop ([`stream`]) stand in the crate of the GPT, whose program writes. This crate says
//! what comes of it: [`quality`] counts how many stories hold together, and how different they are.

pub mod quality;

pub use mini_gpt::{beam, cache, generate, sampling, stream, writing};
