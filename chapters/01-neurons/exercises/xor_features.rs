//! # Exercise: help the neuron
//!
//! One neuron cannot learn XOR from x₀ and x₁. It can if you give it the right inputs. Return two
//! numbers computed from x from which a single neuron can learn XOR, and neither of which is XOR
//! itself (as |x₀ − x₁| is): something must be left to learn.
//!
//! # Hints
//! - A product of inputs is something that no weighted sum can make.
//! - XOR is 1 when one input is 1, but not both. Which number is 1 only when both are?
//! - A neuron can take that number away from another that counts the ones.
#![allow(unused_variables)]

/// Two numbers from which one neuron can tell XOR.
pub fn features(x: [f64; 2]) -> [f64; 2] {
    todo!("two numbers")
}
