//! # Exercise: prefix_matching
//!
//! A model read `tokens`, and `maps[h][i][j]` is how much its head h looks from position i at position j.
//! Which heads are induction heads?
//!
//! A position is asked if its token was read before. There an induction head looks at what came right
//! behind earlier copies. Compare it with a head that looks at all positions that it may see (its own
//! included) evenly. Return the heads that look there, on average over the positions that are asked, more
//! than `times` times as much as that even head would; those that look there most come first. In a text
//! without any copy nothing is asked, and no head is one.
//!
//! # Hints
//! - In `a b a`, where should the head look from the second `a`? And from the second `a` of `a a`?
//! - Behind several copies the looks add up, and so do those of the even head.
//! - How many positions may be seen from position i?
#![allow(unused_variables)]

/// The numbers of the induction heads, the best first.
pub fn induction_heads(maps: &[Vec<Vec<f64>>], tokens: &[usize], times: f64) -> Vec<usize> {
    todo!("a mean look for each head, and what chance would give")
}
