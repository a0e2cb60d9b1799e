use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let query = dev.zeros::<Rank3<2, 5, 8>>(); // 2 sequences, 5 tokens, 8 numbers
    let key = dev.zeros::<Rank3<2, 5, 8>>();
    let scores: Tensor<Rank3<2, 5, 5>, f32, _> = query.matmul(key);
}
