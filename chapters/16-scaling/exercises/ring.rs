//! # Exercise: the other way around the ring
//!
//! The reduce-scatter of *Many machines* leaves machine r with the sums of piece r. Write one that leaves
//! machine r with the sums of piece **r + 1** (the last machine with those of piece 0), in the same W − 1
//! rounds.
//! `pass_on` sends numbers to the next machine and returns what the one before has sent; all machines
//! call it equally often. The range of the finished piece is returned, and `numbers` holds its sums.
//!
//! # Hints
//! - Begin at the end: who has a piece in the last round, and who adds to it?
//! - A piece makes W − 1 steps and ends at the machine that returns it. So where does it begin?
//! - In round 1, machine r sends the piece whose way begins there; in round 2 the one that it has just
//!   added to.
#![allow(unused_variables)]

use std::ops::Range;

/// Where piece `number` of a list of `length` numbers lies, of `size` pieces. `number` must be smaller than
/// `size`.
pub fn piece(number: usize, size: usize, length: usize) -> Range<usize> {
    number * length / size..(number + 1) * length / size
}

/// What machine `rank` of `size` does.
pub fn reduce_scatter(
    rank: usize,
    size: usize,
    numbers: &mut [f32],
    pass_on: &mut dyn FnMut(&[f32]) -> Vec<f32>,
) -> Range<usize> {
    todo!("pass on, and add what comes, size − 1 times")
}
