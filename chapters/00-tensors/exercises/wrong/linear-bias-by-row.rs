//! A bias for each row of the batch instead of each output: both are 2.

use dfdx::prelude::*;

pub fn linear(
    x: Tensor<Rank2<2, 3>, f32, Cpu>,
    weight: Tensor<Rank2<2, 3>, f32, Cpu>,
    bias: Tensor<Rank1<2>, f32, Cpu>,
) -> Tensor<Rank2<2, 2>, f32, Cpu> {
    x.matmul(weight.permute()) + bias.broadcast::<_, Axis<1>>()
}
