//! The judge of the exercises. `cargo x exercises tensors` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/linear.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/linear.rs")]
mod linear;
#[cfg_attr(feature = "exercises", path = "../exercises/offset.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/offset.rs")]
mod offset;
#[cfg_attr(feature = "exercises", path = "../exercises/standardise.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/standardise.rs")]
mod standardise;

use dfdx::prelude::*;

#[test]
fn offset() {
    // Every element of a 2 × 3 × 4 tensor has a place of its own, in row-major order.
    let places = (0..2)
        .flat_map(|i| (0..3).flat_map(move |j| (0..4).map(move |k| offset::offset([2, 3, 4], [i, j, k]))));
    assert!(places.eq(0..24));
}

#[test]
fn standardise() {
    let dev = Cpu::default();
    let x: Tensor<Rank2<4, 3>, f32, _> =
        dev.tensor([[1.0, 10.0, -3.0], [2.0, 30.0, 0.0], [3.0, 20.0, 3.0], [6.0, 40.0, 8.0]]);
    let y = standardise::standardise(x).as_vec();
    for column in 0..3 {
        let values: Vec<f32> = (0..4).map(|row| y[row * 3 + column]).collect();
        let mean = values.iter().sum::<f32>() / 4.0;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / 4.0;
        assert!(
            mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4,
            "column {column}: mean {mean}, variance {variance}"
        );
    }
}

#[test]
fn linear() {
    let dev = Cpu::default();
    let x: Tensor<Rank2<2, 3>, f32, _> = dev.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]);
    let weight: Tensor<Rank2<2, 3>, f32, _> = dev.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]]);
    let bias: Tensor<Rank1<2>, f32, _> = dev.tensor([10.0, 20.0]);
    assert_eq!(linear::linear(x, weight, bias).array(), [[8.0, 24.0], [10.0, 21.0]]);
}
