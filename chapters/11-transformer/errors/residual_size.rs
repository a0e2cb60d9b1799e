use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.zeros();
    let head: Tensor<Rank3<2, 5, 2>, f32, _> = dev.zeros(); // what one of four heads found
    let stream = x + head;
}
