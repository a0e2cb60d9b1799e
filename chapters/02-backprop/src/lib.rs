//! # Back-propagation
//!
//! Gradients, and how to know that they are right.

pub mod gradient_check;
