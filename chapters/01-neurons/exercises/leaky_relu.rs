//! # Exercise: a ReLU that never sleeps
//!
//! Where its input is negative, a ReLU has slope 0: a neuron that is always negative never learns
//! again. The leaky ReLU is f(x) = x for x > 0 and f(x) = 0.01 x elsewhere. Write it and its
//! derivative.
//!
//! # Hints
//! - The derivative takes only two values.
//! - Which of the two at 0? `leaky_relu_derivative` says it above its head; `>` and `>=` differ
//!   there.
#![allow(unused_variables)]

/// x where x is positive, else 0.01 x.
pub fn leaky_relu(x: f64) -> f64 {
    todo!("the function")
}

/// The slope of [`leaky_relu`]; at 0, take the slope of the left side.
pub fn leaky_relu_derivative(x: f64) -> f64 {
    todo!("its derivative")
}
