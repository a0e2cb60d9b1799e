//! # Exercise: accuse
//!
//! A model is suspected of having read some stories. Of each you know the evidence: log₂ of how many times
//! likelier the model finds it than the grammar that told it does. You begin with a capital of 1. Story
//! by story, in order, you bet half of what you have on the model; the other half you keep. A bet comes
//! back multiplied by how many times likelier the model finds the story.
//!
//! A model that has read nothing lets the capital reach 1 / `level` with a probability of `level` at
//! most. After how many stories is it proven guilty?
//!
//! # Hints
//! - Of a story with the evidence e, half of the capital comes back 2ᵉ-fold.
//! - A thousand stories that the model does not know leave a capital that is 0 in an `f64`: add logarithms.
#![allow(unused_variables)]

/// The number of stories after which the capital has first reached 1 / `level`, if it does.
pub fn accuse(evidence: &[f64], level: f64) -> Option<usize> {
    todo!("bet on one story after the other")
}
