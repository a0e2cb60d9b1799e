//! Cutting vectors into heads, and joining them again.
//!
//! The numbers of a position lie head after head: `[h₁ … h₁ h₂ … h₂ …]`. Splitting makes each head
//! a sequence of its own in a larger batch, so that one call of [`attention`](attention::attention)
//! serves all heads; merging undoes it exactly.

use attention::scaled_dot_product::Sequences;
use dfdx::prelude::{Axes4, ConstDim, Device, HasShape, PermuteTo, ReshapeTo, Tape};
use tensors::Real;

// ANCHOR: split
/// Refuses heads that do not share out the model's numbers; in a `const` block, when the program is
/// compiled.
///
/// # Panics
/// When `model` is not `heads` · `head_dim`.
pub const fn check_heads(model: usize, heads: usize, head_dim: usize) {
    assert!(model == heads * head_dim, "the heads must share out the model's size exactly");
}

/// `(batch, seq, Model)` to `(batch · Heads, seq, HeadDim)`. `heads` says how many heads of how many
/// numbers: its parts have one value each, and are there for their types.
pub fn split_heads<Model, Heads, HeadDim, E, D, T>(
    x: Sequences<Model, E, D, T>,
    heads: (Heads, HeadDim),
) -> Sequences<HeadDim, E, D, T>
where
    Model: ConstDim,
    Heads: ConstDim,
    HeadDim: ConstDim,
    E: Real,
    D: Device<E>,
    T: Tape<E, D>,
{
    const { check_heads(Model::SIZE, Heads::SIZE, HeadDim::SIZE) };
    let ((batch, seq, _), (count, size)) = (*x.shape(), heads);
    x.reshape_like(&(batch, seq, count, size))
        .permute::<_, Axes4<0, 2, 1, 3>>() // (batch, Heads, seq, HeadDim)
        .reshape_like(&(batch * Heads::SIZE, seq, size))
}

/// `(batch · Heads, seq, HeadDim)` to `(batch, seq, Model)`: the inverse of [`split_heads`].
pub fn merge_heads<Model, Heads, HeadDim, E, D, T>(
    x: Sequences<HeadDim, E, D, T>,
    heads: (Heads, HeadDim),
) -> Sequences<Model, E, D, T>
where
    Model: ConstDim,
    Heads: ConstDim,
    HeadDim: ConstDim,
    E: Real,
    D: Device<E>,
    T: Tape<E, D>,
{
    const { check_heads(Model::SIZE, Heads::SIZE, HeadDim::SIZE) };
    let ((parts, seq, _), (count, size)) = (*x.shape(), heads);
    let batch = parts / Heads::SIZE;
    x.reshape_like(&(batch, count, seq, size))
        .permute::<_, Axes4<0, 2, 1, 3>>() // (batch, seq, Heads, HeadDim)
        .reshape_like(&(batch, seq, Model::default()))
}
// ANCHOR_END: split

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Const, Cpu, TensorFromVec};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn merging_undoes_splitting_and_each_head_gets_its_numbers(batch in 1_usize..4, seq in 1_usize..6) {
            let count = batch * seq * 6;
            let x = Cpu::default().tensor_from_vec((0..count).map(|i| i as f32).collect(), (batch, seq, Const::<6>));
            let heads = split_heads(x.clone(), (Const::<3>, Const::<2>));
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
            let merged: Sequences<Const<6>, _, _, _> = merge_heads(heads, (Const::<3>, Const::<2>));
            prop_assert_eq!(merged.as_vec(), x.as_vec());
        }
    }
}
