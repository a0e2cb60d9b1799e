//! # Exercise: stochastic
//!
//! Round to bf16, up or down at random, so that nothing is lost on average. An f32 lies between two
//! numbers of bf16, those whose lower 16 bits are 0. Where it lies a quarter of the way from the one
//! nearer to 0 to the other, it becomes the farther one in a quarter of all draws. A number of bf16
//! stays. `draw` is each of 0 to 65,535 equally often. `x` is finite, and so are both its neighbours.
//!
//! # Hints
//! - As whole numbers, the bits of a positive f32 grow with it: `x.to_bits()`.
//! - How far on the way is it? The lower 16 bits say so, in parts of 65,536.
//! - In how many of all draws is `draw` smaller than a number that you have?
//! - Just below 2, all bits of m are 1. Does your farther neighbour have the right exponent there?
#![allow(unused_variables)]

/// One of the two neighbours in bf16.
pub fn stochastic(x: f32, draw: u16) -> f32 {
    todo!("farther from 0 in as many draws as the lower bits say")
}
