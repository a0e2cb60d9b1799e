//! Rows instead of columns.

use dfdx::prelude::*;

pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    let centred = x.clone() - x.mean::<Rank1<4>, Axis<1>>().broadcast();
    let deviation = centred.clone().square().mean::<Rank1<4>, Axis<1>>().sqrt();
    centred / deviation.broadcast()
}
