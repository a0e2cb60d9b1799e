use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let a = dev.zeros::<Rank2<2, 3>>();
    let b = dev.zeros::<Rank2<2, 3>>();
    let c: Tensor<_, f32, _> = a.matmul(b);
}
