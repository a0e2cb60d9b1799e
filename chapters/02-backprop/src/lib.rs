//! # Back-propagation
//!
//! How a network finds the slope of its loss by every one of its weights in one walk: a
//! reverse-mode [engine] for single numbers, the same [network] on it and on dfdx's tape, and the
//! [gradient check](gradient_check) that every later chapter uses.

pub mod engine;
pub mod gradient_check;
pub mod network;
