//! # Exercise: lens
//!
//! Behind each half of a block the logit lens has a score for every token; the last of `places` are the
//! model's own. The truth is known: `truth` has the probability of each token as the next one.
//!
//! From which place on does the model know it? Return the first place such that there and at *every*
//! place after it a reader who believes the lens pays at most `most` bits more than one who knows the
//! truth; `None` if the model itself pays more.
//!
//! # Hints
//! - What does a token cost in bits whoever believes q? And how often does it come?
//! - Most tokens cannot come at all. What do they add?
//! - e^1000 is infinite in an `f64`; only differences of scores matter.
#![allow(unused_variables)]

/// The first place from which on the lens is at most `most` bits away from the truth.
pub fn known_from(places: &[Vec<f64>], truth: &[f64], most: f64) -> Option<usize> {
    todo!("bits at each place, and where they stay low")
}
