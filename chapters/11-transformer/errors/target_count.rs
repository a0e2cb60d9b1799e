use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let log_p: Tensor<Rank2<5, 16>, f32, _> = dev.zeros(); // 5 positions, 16 tokens
    let targets: Tensor<Rank1<4>, usize, _> = dev.tensor([3, 1, 4, 1]);
    let of_targets: Tensor<Rank1<5>, f32, _> = log_p.select(targets);
}
