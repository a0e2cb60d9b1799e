use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.zeros();
    // 4 heads of 2 numbers, head before position
    let heads: Tensor<Rank4<2, 4, 5, 2>, f32, _> = x.reshape::<Rank4<2, 5, 4, 2>>();
}
