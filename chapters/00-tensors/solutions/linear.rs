//! x Wᵀ + b.

use dfdx::prelude::*;

/// `W x + b` for every row `x`.
pub fn linear(
    x: Tensor<Rank2<2, 3>, f32, Cpu>,
    weight: Tensor<Rank2<2, 3>, f32, Cpu>,
    bias: Tensor<Rank1<2>, f32, Cpu>,
) -> Tensor<Rank2<2, 2>, f32, Cpu> {
    x.matmul(weight.permute()) + bias.broadcast::<_, Axis<0>>()
}
