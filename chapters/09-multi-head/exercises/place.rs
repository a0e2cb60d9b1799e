//! # Exercise: where a head's number lies
//!
//! A tensor `(batch, seq, model)` lies in memory row by row; the numbers of a position lie head
//! after head, `head_dim` each. At which place is number `i` of head `head` at position `position`
//! of sequence `sequence`?
//!
//! # Hints
//! - Count from the outside in: sequences, positions, heads, numbers.
//! - A step along one level skips all that the levels below it hold.
#![allow(unused_variables)]

/// The index in memory.
pub fn place(
    sequence: usize,
    position: usize,
    head: usize,
    i: usize,
    (seq, heads, head_dim): (usize, usize, usize),
) -> usize {
    todo!("each level is as large as all that it holds")
}
