//! # Exercise: best of n
//!
//! A policy writes one of a few texts: text x with the probability `policy[x]`, and `rewards[x]` says how
//! good it is. Whoever asks it `n` times and shows the answer with the highest reward has another policy;
//! of several answers with the same reward any may be shown, all with the same chance. Return that policy,
//! exactly.
//!
//! There may be texts with equal rewards, and texts that are never written. `n` is 1 at least.
//!
//! # Hints
//! - Do not list the draws: there are too many. When is the best of n answers no better than r?
//! - How likely is it that the best reward is exactly r? Texts with that reward share it; in which parts?
#![allow(unused_variables)]

/// The probability with which each text is shown.
pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    todo!("how likely each reward is the highest, and who shares it")
}
