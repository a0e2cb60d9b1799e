//! # Exercise: windows
//!
//! A model learns from every position at once: after each token of a window it predicts the next.
//! Cut the window of `context` inputs that begins at `start` out of `tokens`, and its targets.
//! Return nothing if the text ends before the last target.
//!
//! # Hints
//! - Targets are the inputs, one place later: tokens start + 1 to start + context.
//! - `slice::get` with a range returns `None` beyond the end.
#![allow(unused_variables)]

/// Inputs and targets.
pub fn window(tokens: &[usize], start: usize, context: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    todo!("two slices of equal length")
}
