//! Grouped-query attention: several heads share keys and values (Ainslie et al. 2023); all of them,
//! in multi-query attention (Shazeer 2019).
//!
//! When text is written token by token, the keys and values of all earlier tokens are kept. They
//! are what fills the memory, and with fewer of them more fits. Queries are not kept, and every
//! head still has its own.

use crate::mask::for_each_head;
use crate::split::{merge_heads, split_heads};
use attention::{Sequences, weights_with_masks};
use deep_networks::{Linear, parameters};
use dfdx::prelude::{
    Axis, BroadcastTo, ConstDim, Device, Dtype, HasShape, Module, ReshapeTo, Storage, Tape, Tensor,
    TryMatMul,
};
use tensors::Real;

// ANCHOR: layer
/// `Heads` heads of queries, and `Shared = Groups · HeadDim` numbers of keys and of values.
#[derive(Debug, Clone)]
pub struct GroupedQueryAttention<
    Model: ConstDim,
    Heads: ConstDim,
    Groups: ConstDim,
    HeadDim: ConstDim,
    Shared: ConstDim,
    E: Dtype,
    D: Storage<E>,
> {
    /// W^Q of all heads, side by side.
    pub query: Linear<Model, Model, E, D>,
    /// W^K of all groups.
    pub key: Linear<Model, Shared, E, D>,
    /// W^V of all groups.
    pub value: Linear<Model, Shared, E, D>,
    /// W^O.
    pub output: Linear<Model, Model, E, D>,
    /// Heads, groups of them, and numbers of each: types, which have one value each.
    pub heads: (Heads, Groups, HeadDim),
}

impl<
    Model: ConstDim,
    Heads: ConstDim,
    Groups: ConstDim,
    HeadDim: ConstDim,
    Shared: ConstDim,
    E: Real,
    D: Device<E>,
> GroupedQueryAttention<Model, Heads, Groups, HeadDim, Shared, E, D>
{
    /// As [`MultiHeadAttention::attend_to`](crate::MultiHeadAttention::attend_to), without dropout.
    pub fn attend_to<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        source: Sequences<Model, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
    ) -> Sequences<Model, E, D, T> {
        self.mix(self.find(x, source, masks, |x| x))
    }

    /// W^O on what the heads found: `(batch, seq, Model)` to the same shape.
    pub fn mix<T: Tape<E, D>>(&self, found: Sequences<Model, E, D, T>) -> Sequences<Model, E, D, T> {
        self.output.forward(found)
    }

    /// What the heads find, before W^O mixes it: `(batch, seq, Model)`. `turn` may turn queries and keys,
    /// `(batch · Heads, seq, HeadDim)`, by their positions (chapter 10).
    pub fn find<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        source: Sequences<Model, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
        turn: impl Fn(Sequences<HeadDim, E, D, T>) -> Sequences<HeadDim, E, D, T>,
    ) -> Sequences<Model, E, D, T> {
        let (heads, _, head_dim) = self.heads;
        let value = Self::share(self.value.forward(source.retaped::<T>()));
        let key = turn(Self::share(self.key.forward(source)));
        let query = turn(split_heads(self.query.forward(x), (heads, head_dim)));
        let weights = weights_with_masks(query, key, masks.map(|masks| for_each_head(masks, Heads::SIZE)));
        merge_heads(weights.matmul(value), (heads, head_dim))
    }

    /// `(batch, keys, Shared)` to `(batch · Heads, keys, HeadDim)`: each group's numbers for every
    /// head of the group.
    fn share<T: Tape<E, D>>(x: Sequences<Shared, E, D, T>) -> Sequences<HeadDim, E, D, T> {
        const { assert!(Heads::SIZE.is_multiple_of(Groups::SIZE), "every group must have as many heads") };
        let (batch, keys, _) = *x.shape();
        split_heads(x, (Groups::default(), HeadDim::default())) // (batch · Groups, keys, HeadDim)
            .broadcast_like::<_, Axis<1>>(&(
                batch * Groups::SIZE,
                Heads::SIZE / Groups::SIZE,
                keys,
                HeadDim::default(),
            ))
            .reshape_like(&(batch * Heads::SIZE, keys, HeadDim::default()))
    }

    /// Numbers that must be kept for each token that was read: a key and a value for each group.
    pub const CACHE: usize = 2 * Shared::SIZE;
}
// ANCHOR_END: layer

parameters!(
    GroupedQueryAttention<Model: ConstDim, Heads: ConstDim, Groups: ConstDim, HeadDim: ConstDim, Shared: ConstDim> {
        query, key, value, output; heads
    }
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MultiHeadAttention;
    use deep_networks::Dropout;
    use dfdx::prelude::{BuildModule, Const, Cpu, NoneTape, TensorFromVec};
    use tensors::seeds;

    type Grouped<Groups, Shared> =
        GroupedQueryAttention<Const<8>, Const<4>, Groups, Const<2>, Shared, f64, Cpu>;

    fn random(seed: u64) -> Sequences<Const<8>, f64, Cpu, NoneTape> {
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
        let layer = Grouped::<Const<GROUPS>, Const<SHARED>>::build(&Cpu::seed_from_u64(5));
        let mut full = MultiHeadAttention::<Const<8>, Const<4>, Const<2>, f64, Cpu>::build(&Cpu::default());
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

    #[test]
    fn queries_and_keys_are_turned_and_values_are_not() {
        let layer = Grouped::<Const<2>, Const<4>>::build(&Cpu::seed_from_u64(5));
        let mut tripled = layer.clone();
        macro_rules! triple {
            ($($tensor:expr),+) => {$(
                let numbers: Vec<f64> = $tensor.as_vec().iter().map(|number| 3.0 * number).collect();
                $tensor.copy_from(&numbers);
            )+};
        }
        triple!(tripled.query.weight, tripled.query.bias, tripled.key.weight, tripled.key.bias);
        // To triple queries and keys by a turn is to triple what makes them, and nothing else.
        let by_turn = layer.find(random(1), random(2), None, |x| x * 3.0).as_vec();
        let by_weights = tripled.find(random(1), random(2), None, |x| x).as_vec();
        assert_eq!(by_turn.len(), by_weights.len());
        for (a, b) in by_turn.iter().zip(by_weights) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }
}
