//! # Exercise: fits
//!
//! A model of so many parameters is trained with AdamW, all in f32, on batches of `rows` windows; until
//! the backward pass each window keeps `kept` bytes. The machine has `memory` bytes. A batch that does
//! not fit is computed in pieces of whole windows, as equal as they can be, one after the other. What is
//! the least number of pieces? None if it cannot be done. There is one window or more.
//!
//! # Hints
//! - Before the first window is read, four numbers for each parameter are there. Which?
//! - Pieces need not be equal. Which of them decides?
//! - With as many pieces as windows nothing is left to cut.
#![allow(unused_variables)]

/// The least number of pieces.
pub fn pieces(parameters: usize, rows: usize, kept: usize, memory: usize) -> Option<usize> {
    todo!("the first number whose largest piece fits")
}
