//! # Exercise: bill
//!
//! The first of three steps to a plan: what does a run cost? A GPT of the book's form reads `stories`, each
//! whole and in a row of its own, of which story i asks for `stories[i]` predictions. For the first of them
//! it looks at one token, for the second at two, and so on. How many floating-point operations does training
//! on all of them cost, once each?
//!
//! Count the products of matrices, those of attention included, and nothing else: a multiplication and an
//! addition for each pair of numbers. There is one table of tokens, and at the output it is multiplied with;
//! the heads together are as wide as the stream; `hidden` is the width of the feed-forward network. What
//! fills up the shorter rows does not count.
//!
//! `cargo run -p scaling --features exercises --example plan` uses your answer to count the chapter's own
//! runs.
//!
//! # Hints
//! - How many weights are there that one token is multiplied with, in a block and at the output? Which
//!   table is only looked up?
//! - To look at k tokens is two products without weights: with k keys, and with k values. How long is each?
//! - Two stories of 10 and one of 20 ask for as many predictions. Do they cost the same?
//! - On the way back each product is made twice: for the slopes by the one factor and by the other.
#![allow(unused_variables)]

/// Operations of training on the stories.
pub fn operations(
    vocabulary: usize,
    model: usize,
    hidden: usize,
    layers: usize,
    stories: &[usize],
) -> usize {
    todo!("weights and attention of each story, forward and backward")
}
