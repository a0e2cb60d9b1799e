use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.zeros();
    let down = modules::Linear::<32, 8, f32, Cpu>::build(&dev); // of a feed-forward network
    let y = down.forward(x);
}
