//! What a story tells where, and pairs of stories that differ in one choice.
//!
//! Whoever explains a prediction says which earlier words it came from. Is that so? With the stories of
//! chapter 6 it is known: tell a story again with one choice exchanged, and keep all others. The two texts
//! are equal up to that choice, differ there, are equal again, and differ for the second time where the
//! choice shows again: its word, a pronoun, or a sentence that follows from it. What a model says at that
//! second place can only have come from the first.

mod pair;
mod told;

pub use pair::{Pair, ends, pair, pairs};
pub use told::{Beats, DRAWN, Mention, beats, drawn_at, mentions, values};
