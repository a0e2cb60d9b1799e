//! # Exercise: a layer
//!
//! A linear layer maps each row x of a batch to W x + b. The weights are stored as
//! `(outputs, inputs)`, as PyTorch and dfdx store them. What does not fit does not compile. Not all
//! that fits is right: where two sizes happen to be equal, types cannot tell them apart.
//!
//! # Hints
//! - `(2, 3)` times `(2, 3)` is no matrix product. Which of the two must be transposed? `permute()`
//!   finds out from the types.
//! - Here are as many outputs as rows, so W xᵀ compiles too, and is the transpose of what is asked
//!   for: x comes first.
//! - The bias has one number for each output; `broadcast::<_, Axis<0>>()` repeats it for every row
//!   of the batch. (The result is square, so dfdx cannot guess which axis is new.)
#![allow(unused_variables, unused_imports)]

use dfdx::prelude::*;

/// `W x + b` for every row `x`.
pub fn linear(
    x: Tensor<Rank2<2, 3>, f32, Cpu>,
    weight: Tensor<Rank2<2, 3>, f32, Cpu>,
    bias: Tensor<Rank1<2>, f32, Cpu>,
) -> Tensor<Rank2<2, 2>, f32, Cpu> {
    todo!("one product, one sum")
}
