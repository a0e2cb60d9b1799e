//! Splitting and merging, with numbers that say where they came from.

use dfdx::prelude::{Const, Cpu, TensorFromVec};
use multi_head::{Sequences, merge_heads, split_heads};

fn main() {
    // ANCHOR: by_hand
    // Two positions of four numbers: the tens say the position, the ones the number.
    let x: Sequences<Const<4>, f32, Cpu, _> =
        Cpu::default().tensor_from_vec(vec![10.0, 11.0, 12.0, 13.0, 20.0, 21.0, 22.0, 23.0], (1, 2, Const));
    let heads = split_heads(x.clone(), (Const::<2>, Const::<2>));
    for (head, numbers) in heads.as_vec().chunks(4).enumerate() {
        println!("head {head}: {:?} then {:?}", &numbers[..2], &numbers[2..]);
    }
    let merged: Sequences<Const<4>, f32, Cpu, _> = merge_heads(heads, (Const::<2>, Const::<2>));
    println!("merged again: {}", merged.as_vec() == x.as_vec());
    // ANCHOR_END: by_hand
}
