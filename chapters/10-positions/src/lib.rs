//! # Positions
//!
//! Attention treats its inputs as a set: permute the positions, and the outputs are permuted and otherwise the same. The order must be
//! put in by hand. GPT-2 does it with a table of learned vectors, one for each position ([`LearnedPositions`]).

mod learned;

pub use learned::LearnedPositions;
