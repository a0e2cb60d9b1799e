use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let weights: Tensor<Rank3<2, 5, 5>, f32, _> = dev.zeros();
    let value: Tensor<Rank3<2, 7, 8>, f32, _> = dev.zeros(); // of another text
    let found: Tensor<Rank3<2, 5, 8>, f32, _> = weights.matmul(value);
}
