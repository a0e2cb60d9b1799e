//! # Exercise: family
//!
//! A file has lost its config. You know its vocabulary, its context, its width and how many
//! parameters it has, with GPT-2's architecture (a hidden layer of four times the width, an output
//! that is tied). How many layers has it? Return nothing if no number of layers fits.
//!
//! # Hints
//! - A block has 12 · model² + 13 · model parameters, the last norm 2 · model.
//! - What is left after tables and norm must be a multiple of a block.
//! - A file may be smaller than its tables: `checked_sub`.
#![allow(unused_variables)]

/// The number of layers.
pub fn layers(vocabulary: usize, context: usize, model: usize, parameters: usize) -> Option<usize> {
    todo!("what is left, divided by a block")
}
