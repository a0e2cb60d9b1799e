//! Divides the squares by one less than the number of rows.

use dfdx::prelude::*;

pub fn standardise(x: Tensor<Rank2<4, 3>, f32, Cpu>) -> Tensor<Rank2<4, 3>, f32, Cpu> {
    let centred = x.clone() - x.mean::<Rank1<3>, Axis<0>>().broadcast();
    let variance = centred.clone().square().sum::<Rank1<3>, Axis<0>>() / 3.0;
    centred / variance.sqrt().broadcast()
}
