//! A slip that compiles: a reshape to heads without a permute.

use dfdx::prelude::*;

fn main() {
    // ANCHOR: scrambled
    let dev = Cpu::default();
    // Each number says where it stands: 13 is number 3 of position 1.
    let numbers = (0..80).map(|i| (i / 8 % 5 * 10 + i % 8) as f32).collect();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.tensor_from_vec(numbers, (Const, Const, Const));
    let heads = x.clone().reshape::<Rank4<2, 5, 4, 2>>().permute::<Rank4<2, 4, 5, 2>, Axes4<0, 2, 1, 3>>();
    let scrambled: Tensor<Rank4<2, 4, 5, 2>, f32, _> = x.reshape();
    println!("head 0, position 1, with permute:    {:?}", heads.array()[0][0][1]);
    println!("head 0, position 1, without permute: {:?}", scrambled.array()[0][0][1]);
    // ANCHOR_END: scrambled
    assert_ne!(heads.as_vec(), scrambled.as_vec());
}
