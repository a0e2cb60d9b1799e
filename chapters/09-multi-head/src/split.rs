//! Cutting vectors into heads, and joining them again.
//!
//! The numbers of a position lie head after head: `[h₁ … h₁ h₂ … h₂ …]`. Splitting makes each head
//! a sequence of its own in a larger batch, so that one call of [`attention`](attention::attention)
//! serves all heads; merging undoes it exactly.

use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{Axes4, Const, Device, HasShape, PermuteTo, ReshapeTo, Tape};
use tensors::Real;

// ANCHOR: split
/// `(batch, seq, MODEL)` to `(batch · HEADS, seq, HEAD_DIM)`.
pub fn split_heads<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    E: Real,
    D: Device<E>,
    T: Tape<E, D>,
>(
    x: Sequences<MODEL, E, D, T>,
) -> Sequences<HEAD_DIM, E, D, T> {
    const { assert!(MODEL == HEADS * HEAD_DIM, "the heads must share out the model's size exactly") };
    let (batch, seq, _) = *x.shape();
    x.reshape_like(&(batch, seq, Const::<HEADS>, Const::<HEAD_DIM>))
        .permute::<_, Axes4<0, 2, 1, 3>>() // (batch, HEADS, seq, HEAD_DIM)
        .reshape_like(&(batch * HEADS, seq, Const::<HEAD_DIM>))
}

/// `(batch · HEADS, seq, HEAD_DIM)` to `(batch, seq, MODEL)`: the inverse of [`split_heads`].
pub fn merge_heads<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    E: Real,
    D: Device<E>,
    T: Tape<E, D>,
>(
    heads: Sequences<HEAD_DIM, E, D, T>,
) -> Sequences<MODEL, E, D, T> {
    const { assert!(MODEL == HEADS * HEAD_DIM, "the heads must share out the model's size exactly") };
    let (parts, seq, _) = *heads.shape();
    let batch = parts / HEADS;
    heads
        .reshape_like(&(batch, Const::<HEADS>, seq, Const::<HEAD_DIM>))
        .permute::<_, Axes4<0, 2, 1, 3>>() // (batch, seq, HEADS, HEAD_DIM)
        .reshape_like(&(batch, seq, Const::<MODEL>))
}
// ANCHOR_END: split

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Cpu, NoneTape, TensorFromVec};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn merging_undoes_splitting_and_each_head_gets_its_numbers(batch in 1_usize..4, seq in 1_usize..6) {
            let count = batch * seq * 6;
            let x = Cpu::default().tensor_from_vec((0..count).map(|i| i as f32).collect(), (batch, seq, Const::<6>));
            let heads = split_heads::<6, 3, 2, _, _, NoneTape>(x.clone());
            let flat = heads.as_vec();
            for b in 0..batch {
                for h in 0..3 {
                    for s in 0..seq {
                        for d in 0..2 {
                            let expected = ((b * seq + s) * 6 + h * 2 + d) as f32;
                            prop_assert_eq!(flat[((b * 3 + h) * seq + s) * 2 + d], expected);
                        }
                    }
                }
            }
            prop_assert_eq!(merge_heads::<6, 3, 2, _, _, _>(heads).as_vec(), x.as_vec());
        }
    }
}
