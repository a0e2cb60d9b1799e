//! # Exercise: optimum
//!
//! The second of three steps to a plan, behind `bill`: what should be bought? A model is trained once and
//! asked many times. Training on a token costs 6 operations a parameter, reading or writing one later costs
//! 2. All of it has to be paid from one `budget`: D tokens of training, and `served` tokens for those who use
//! the model. What is left for training decides D.
//!
//! Which size N has the lowest loss E + A/N^α + B/D^β? With nobody to serve there is a formula for it; with
//! `served` tokens there is none, but a search will do: over ln N the loss has one hollow. Find N to a
//! thousandth.
//!
//! `cargo run -p scaling --features exercises --example plan` lets your answer plan for the chapter's largest
//! budget, by a law that has seen the others only.
//!
//! # Hints
//! - What does a model of N parameters leave of the budget for its training? When is nothing left?
//! - Three points, the middle one lowest: the hollow is between the outer two. How do you make the
//!   distance smaller?
//! - A search by thirds: look at two places inside, and throw away the third behind the higher one.
#![allow(unused_variables)]

/// The number of parameters with the lowest loss. `law` is E, A, α, B, β.
pub fn best_size(law: [f64; 5], budget: f64, served: f64) -> f64 {
    todo!("search over ln N")
}
