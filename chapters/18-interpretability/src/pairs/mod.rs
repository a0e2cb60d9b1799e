//! What a story tells where, and pairs of stories that differ in one choice.
//!
//! Whoever explains a prediction says which earlier words it came from. Is that so? With the stories of
//! chapter 6 it is known: tell a story again with one word exchanged, wherever it is told, and keep all other
//! choices. The two texts are equal up to the word, differ there, are equal again, and differ for the second
//! time where the word comes back. What a model says at that second place can only have come from the first.

mod pair;
mod told;

pub(crate) use pair::ends;
pub use pair::{Pair, pair, pairs};
pub use told::{Beats, DRAWN, Mention, beats, ceiling, drawn_at, mentions, values};
