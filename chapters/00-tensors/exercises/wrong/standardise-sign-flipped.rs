//! The mean less the number.

use dfdx::prelude::*;

pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    let centred = x.clone().mean::<Rank1<3>, Axis<0>>().broadcast() - x;
    let deviation = centred.clone().square().mean::<Rank1<3>, Axis<0>>().sqrt();
    centred / deviation.broadcast()
}
