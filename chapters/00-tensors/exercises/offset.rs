//! # Exercise: where does an element lie?
//!
//! A tensor of shape `[a, b, c]` lies in one flat list, the last axis running fastest. Return the
//! place of element `[i, j, k]`.
//!
//! # Hints
//! - The stride of the last axis is 1.
//! - One step along the middle axis skips a whole row of `c` elements. What does one step along the
//!   first axis skip?
#![allow(unused_variables)]

/// The place of `index` in the flat list of a tensor of `shape`.
pub fn offset(shape: [usize; 3], index: [usize; 3]) -> usize {
    todo!("index times strides")
}
