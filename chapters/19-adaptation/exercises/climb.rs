//! # Exercise: climb
//!
//! A policy writes text x with the probability softmax(`scores`)\[x\]. It has written the texts `drawn`, and
//! their advantages are known: your own `advantages` will be asked for them. Learn from
//! this one batch in `updates` steps of gradient ascent, each at the rate `rate`: the scores rise along the
//! gradient of the mean, over the batch, of what PPO makes of each text,
//!
//! min(ρ A, clip(ρ, 1 − `clip`, 1 + `clip`) A)
//!
//! with ρ for how much likelier the text is now than when it was drawn. Return the scores after the last step.
//! Your policy will then be trained, and held to what your `best_of` costs.
//!
//! # Hints
//! - The first step is a policy gradient: ρ is 1.
//! - What is ∇ρ, if ρ is eˡⁿ ᵖ over a constant? And by score k, what is the slope of ln softmax at text x?
//! - Where the clipped part is the smaller one, the text pulls at nothing. It is not whenever ρ is outside.
#![allow(unused_variables)]

/// The scores after `updates` steps with one batch.
pub fn climb(
    scores: &[f64],
    drawn: &[usize],
    advantages: &[f64],
    (rate, updates, clip): (f64, usize, f64),
) -> Vec<f64> {
    todo!("what each text pulls at, now that it is so much likelier")
}
