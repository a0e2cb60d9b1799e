use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let scores: Tensor<Rank3<2, 5, 5>, f32, _> = dev.zeros();
    let weights = scores.softmax::<Axis<3>>();
}
