//! # Exercise: merges out of tokens
//!
//! Some vocabularies are handed on as a list of tokens, without the merges that made them. All bytes
//! that occur come first, then every token in the order in which it was learned. Find the merges
//! again: for each token of more than one byte the places in the list of the two tokens that were
//! merged into it.
//!
//! When it was learned, the tokens before it were all there was. So cut it into bytes and merge as an
//! encoder does, with the tokens *before it* only: of all neighbours that are together a token of the
//! list, join those that make the earliest one, and the leftmost of these. Two parts are left in the
//! end.
//!
//! With the tokens a, b, c, ab, bc, abc the last one was made of ab and c, at places 3 and 2: `ab` was
//! learned before `bc`.
//!
//! # Hints
//! - Keep the parts as places in the list, and look their bytes up.
//! - `tokens[..last].iter().position(…)` finds a token among those before `last`: its place is also its
//!   rank.
//! - Of tuples (rank, place) `min()` takes the earliest token, and the leftmost of equals.
#![allow(unused_variables)]

/// For each token of more than one byte the two tokens that it was merged from, in order.
pub fn recover(tokens: &[Vec<u8>]) -> Vec<(usize, usize)> {
    todo!("encode each token with those before it")
}
