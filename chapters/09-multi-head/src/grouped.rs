//! Grouped-query attention: several heads share keys and values (Ainslie et al. 2023); all of them,
//! in multi-query attention (Shazeer 2019).
//!
//! When text is written token by token, the keys and values of all earlier tokens are kept. They
//! are what fills the memory, and with fewer of them more fits. Queries are not kept, and every
//! head still has its own.

use crate::mask::for_each_head;
use crate::split::{merge_heads, split_heads};
use attention::{Sequences, weights_with_masks};
use dfdx::nn::modules::Linear;
use dfdx::prelude::{
    Axis, BroadcastTo, Const, Device, Dtype, HasShape, Module, ModuleVisitor, ReshapeTo, Storage, Tape,
    Tensor, TensorCollection, TryMatMul,
};
use tensors::Real;

// ANCHOR: layer
/// `HEADS` heads of queries, and `SHARED = GROUPS · HEAD_DIM` numbers of keys and of values.
#[derive(Debug, Clone)]
pub struct GroupedQueryAttention<
    const MODEL: usize,
    const HEADS: usize,
    const GROUPS: usize,
    const HEAD_DIM: usize,
    const SHARED: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// W^Q of all heads, side by side.
    pub query: Linear<MODEL, MODEL, E, D>,
    /// W^K of all groups.
    pub key: Linear<MODEL, SHARED, E, D>,
    /// W^V of all groups.
    pub value: Linear<MODEL, SHARED, E, D>,
    /// W^O.
    pub output: Linear<MODEL, MODEL, E, D>,
}

impl<
    const MODEL: usize,
    const HEADS: usize,
    const GROUPS: usize,
    const HEAD_DIM: usize,
    const SHARED: usize,
    E: Real,
    D: Device<E>,
> GroupedQueryAttention<MODEL, HEADS, GROUPS, HEAD_DIM, SHARED, E, D>
{
    /// As [`MultiHeadAttention::attend_to`](crate::MultiHeadAttention::attend_to), without dropout.
    pub fn attend_to<T: Tape<E, D>>(
        &self,
        x: Sequences<MODEL, E, D, T>,
        source: Sequences<MODEL, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
    ) -> Sequences<MODEL, E, D, T> {
        let value = Self::share(self.value.forward(source.retaped::<T>()));
        let key = Self::share(self.key.forward(source));
        let query = split_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(self.query.forward(x));
        let weights = weights_with_masks(query, key, masks.map(|masks| for_each_head(masks, HEADS)));
        self.output.forward(merge_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(weights.matmul(value)))
    }

    /// `(batch, keys, SHARED)` to `(batch · HEADS, keys, HEAD_DIM)`: each group's numbers for every
    /// head of the group.
    fn share<T: Tape<E, D>>(x: Sequences<SHARED, E, D, T>) -> Sequences<HEAD_DIM, E, D, T> {
        const { assert!(HEADS.is_multiple_of(GROUPS), "every group must have as many heads") };
        let (batch, keys, _) = *x.shape();
        split_heads::<SHARED, GROUPS, HEAD_DIM, E, D, T>(x) // (batch · GROUPS, keys, HEAD_DIM)
            .broadcast_like::<_, Axis<1>>(&(batch * GROUPS, HEADS / GROUPS, keys, Const::<HEAD_DIM>))
            .reshape_like(&(batch * HEADS, keys, Const::<HEAD_DIM>))
    }

    /// Numbers that must be kept for each token that was read: a key and a value for each group.
    pub const CACHE: usize = 2 * SHARED;
}
// ANCHOR_END: layer

impl<
    const MODEL: usize,
    const HEADS: usize,
    const GROUPS: usize,
    const HEAD_DIM: usize,
    const SHARED: usize,
    E: Real,
    D: Device<E>,
> TensorCollection<E, D> for GroupedQueryAttention<MODEL, HEADS, GROUPS, HEAD_DIM, SHARED, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> =
        GroupedQueryAttention<MODEL, HEADS, GROUPS, HEAD_DIM, SHARED, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("query", |s| &s.query, |s| &mut s.query),
                Self::module("key", |s| &s.key, |s| &mut s.key),
                Self::module("value", |s| &s.value, |s| &mut s.value),
                Self::module("output", |s| &s.output, |s| &mut s.output),
            ),
            |(query, key, value, output)| GroupedQueryAttention { query, key, value, output },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MultiHeadAttention;
    use deep_networks::Dropout;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape, TensorFromVec};
    use tensors::seeds;

    fn random(seed: u64) -> Sequences<8, f64, Cpu, NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), 2 * 5 * 8, 1.0);
        Cpu::default().tensor_from_vec(values.into_iter().map(f64::from).collect(), (2, 5, Const::<8>))
    }

    /// Repeats the rows of each group of 2 for each of its `times` heads.
    fn repeat(numbers: &[f64], row: usize, times: usize) -> Vec<f64> {
        numbers.chunks(2 * row).flat_map(|group| (0..times).flat_map(move |_| group)).copied().collect()
    }

    /// What the layer must equal: multi-head attention in which the heads of a group have the same
    /// keys and values.
    fn with_copies<const GROUPS: usize, const SHARED: usize>() {
        let layer =
            GroupedQueryAttention::<8, 4, GROUPS, 2, SHARED, f64, Cpu>::build(&Cpu::seed_from_u64(5));
        let mut full = MultiHeadAttention::<8, 4, 2, f64, Cpu>::build(&Cpu::default());
        full.query = layer.query.clone();
        full.output = layer.output.clone();
        for (full, shared) in [(&mut full.key, &layer.key), (&mut full.value, &layer.value)] {
            full.weight.copy_from(&repeat(&shared.weight.as_vec(), 8, 4 / GROUPS));
            full.bias.copy_from(&repeat(&shared.bias.as_vec(), 1, 4 / GROUPS));
        }
        let ours = layer.attend_to(random(1), random(2), None).as_vec();
        let theirs = full.attend_to(random(1), random(2), None, &mut Dropout::off()).as_vec();
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() < 1e-12, "{GROUPS} groups: {ours} {theirs}");
        }
    }

    #[test]
    fn it_equals_heads_with_copied_keys_and_values() {
        with_copies::<1, 2>();
        with_copies::<2, 4>();
        with_copies::<4, 8>();
    }
}
