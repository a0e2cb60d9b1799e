//! The product alone.

use dfdx::prelude::*;

pub fn linear(
    x: Tensor<Rank2<2, 3>, f32, Cpu>,
    weight: Tensor<Rank2<2, 3>, f32, Cpu>,
    _bias: Tensor<Rank1<2>, f32, Cpu>,
) -> Tensor<Rank2<2, 2>, f32, Cpu> {
    x.matmul(weight.permute())
}
