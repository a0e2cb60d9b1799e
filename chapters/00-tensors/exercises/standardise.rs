//! # Exercise: columns of equal scale
//!
//! Move and scale each *column* of `x` to mean 0 and variance 1 (the variance divides by the number
//! of rows).
//!
//! # Hints
//! - `x.mean::<Rank1<3>, Axis<0>>()` reduces the rows away; `broadcast` repeats a vector for every
//!   row.
//! - `x.clone()` keeps the original while one copy is reduced.
//! - The standard deviation is the root of the mean of the squares of what is left after the mean
//!   is taken away.
#![allow(unused_variables, unused_imports)]

use dfdx::prelude::*;

/// Each column with mean 0 and variance 1.
pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    todo!("take the mean away, divide by the deviation")
}
