//! Takes the mean away and leaves the scale.

use dfdx::prelude::*;

pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    x.clone() - x.mean::<Rank1<3>, Axis<0>>().broadcast()
}
