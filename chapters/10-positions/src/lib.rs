//! # Positions
//!
//! Attention treats its inputs as a set: permute the positions, and the outputs are permuted and
//! otherwise the same. The order must be put in by hand: added to the vectors of tokens as learned
//! vectors ([`LearnedPositions`]) or as [sines and cosines](sinusoidal), turned into queries and
//! keys ([`rotate`]), or taken off the scores ([`alibi`]).

pub mod alibi;
pub mod finder;
pub mod latest;
mod learned;
mod rotary;
pub mod sinusoidal;

pub use finder::{Finder, Scheme};
pub use learned::LearnedPositions;
pub use rotary::rotate;
