//! Reduce, broadcast, combine.

use dfdx::prelude::*;

/// Each column with mean 0 and variance 1.
pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    let centred = x.clone() - x.mean::<Rank1<3>, Axis<0>>().broadcast();
    let deviation = centred.clone().square().mean::<Rank1<3>, Axis<0>>().sqrt();
    centred / deviation.broadcast()
}
