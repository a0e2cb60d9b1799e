//! What can be read off the stream by a straight line.
//!
//! A **probe** is a small classifier that sees nothing but a vector from inside a model, and is trained to
//! say something about the text (Alain & Bengio 2016). If it can, the vector holds it. What that proves is
//! less than it seems, and two controls belong to it: a ceiling, which here is known from the grammar
//! ([`ceiling`](ceiling::ceiling)), and a task that the model has no reason to solve (Hewitt & Liang 2019;
//! [`groups`]).

pub mod ceiling;
pub mod discriminant;
pub mod groups;
pub(crate) mod moments;
pub mod streams;

pub use discriminant::Probe;
pub use moments::Moments;
pub use streams::{Depths, streams};
