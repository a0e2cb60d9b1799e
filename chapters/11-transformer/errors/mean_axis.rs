use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.zeros();
    // a mean for each position
    let mean: Tensor<Rank2<2, 5>, f32, _> = x.mean::<_, Axis<1>>();
}
