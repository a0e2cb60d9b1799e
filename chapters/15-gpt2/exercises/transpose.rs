//! # Exercise: transpose
//!
//! GPT-2's files keep a layer's matrix as (inputs, outputs), row after row; our layers want
//! (outputs, inputs). Turn it round.
//!
//! # Hints
//! - A row of the file has as many numbers as there are outputs.
//! - Number (o, i) of the result is number (i, o) of the file, at place i · outputs + o.
#![allow(unused_variables)]

/// The matrix as (outputs, inputs), row after row.
pub fn transposed(stored: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
    todo!("two loops, outputs outside")
}
