//! The story grammar: short stories drawn at random, with the exact probability of every character.
//!
//! A story is told in **beats** ([`beats::STORY`]). A beat looks at the [`Plot`] so far and offers
//! a few [`Choice`]s, each with a weight, a text, and at most one thing to remember (who the hero
//! is, what was lost, what was promised). One choice is drawn, its text is appended, and the next
//! beat follows. Names, homes, objects and promises come back hundreds of characters later, so
//! whoever wants to predict a story must remember it.
//!
//! Three things follow from the rule that at each beat no choice's text is the beginning of
//! another's (a *prefix code*):
//!
//! * the text determines the choices, so a story can be [`read`] back, and its probability is the
//!   product of theirs;
//! * the probability of each *character* given everything before it is known exactly
//!   ([`Reading::bits`]);
//! * the entropy of a story is the sum over beats of the entropy of the choice ([`exact_entropy`]).
//!
//! The functions of this module are about one grammar, the default. A [`Grammar`] with other
//! [`Dials`] has the same as methods: words that are not equally likely, and people about whom the
//! same is true in every story.

pub mod beats;
mod choice;
mod corpus;
mod entropy;
mod grammar;
mod kind;
mod kinds;
mod lists;
mod people;
mod plot;
mod reader;
mod slot;
mod teller;
mod words;

pub use choice::Choice;
pub use corpus::{Corpus, corpus};
pub use entropy::{Entropy, exact_entropy};
pub use grammar::{Dials, DialsError, Grammar};
pub use kind::{KINDS, Kind};
pub use kinds::kinds;
pub use plot::Plot;
pub use reader::{NotAStory, Reading, count_stories, read, read_all};
pub use slot::{SLOTS, Slot};
pub use teller::tell;
