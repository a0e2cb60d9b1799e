//! The layer: project, split, attend, merge, project.

use crate::mask::for_each_head;
use crate::split::{merge_heads, split_heads};
use attention::{Sequences, weights_with_masks};
use deep_networks::Dropout;
use dfdx::nn::modules::Linear;
use dfdx::prelude::{
    Axis, BroadcastTo, Device, Dtype, HasShape, Module, ModuleVisitor, Storage, Tape, Tensor,
    TensorCollection, TryMatMul,
};
use tensors::Real;

// ANCHOR: layer
/// Self-attention with `HEADS` heads of `HEAD_DIM` numbers on vectors of
/// `MODEL = HEADS · HEAD_DIM`.
///
/// The four projections have 4 · (MODEL² + MODEL) parameters, however many heads share them. Heads
/// that do not divide the model's size do not compile:
///
/// ```compile_fail
/// use dfdx::prelude::*;
/// use multi_head::MultiHeadAttention;
/// let layer = MultiHeadAttention::<8, 3, 2, f32, Cpu>::build(&Cpu::default()); // 3 · 2 is not 8
/// let x = Cpu::default().zeros_like(&(1, 4, Const::<8>));
/// let y = layer.attend(x, None, &mut deep_networks::Dropout::off());
/// ```
#[derive(Debug, Clone)]
pub struct MultiHeadAttention<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// W^Q of all heads, side by side.
    pub query: Linear<MODEL, MODEL, E, D>,
    /// W^K of all heads.
    pub key: Linear<MODEL, MODEL, E, D>,
    /// W^V of all heads.
    pub value: Linear<MODEL, MODEL, E, D>,
    /// W^O, which mixes what the heads found.
    pub output: Linear<MODEL, MODEL, E, D>,
}

impl<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, E: Real, D: Device<E>>
    MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>
{
    /// Self-attention: `(batch, seq, MODEL)` to the same shape. `mask` is `(seq, seq)` and serves
    /// every head of every sequence.
    ///
    /// `dropout` acts on the attention weights and on the result, as in GPT-2.
    pub fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<MODEL, E, D, T>,
        mask: Option<&Tensor<(usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, D, T> {
        let (batch, seq, _) = *x.shape();
        let masks = mask.map(|mask| mask.clone().broadcast_like::<_, Axis<0>>(&(batch, seq, seq)));
        self.attend_to(x.retaped::<T>(), x, masks.as_ref(), dropout)
    }

    /// Cross-attention: `x`, `(batch, seq, MODEL)`, asks, and `source`, `(batch, keys, MODEL)`,
    /// answers. `masks` are `(batch, seq, keys)`, one for each sequence, and serve every head.
    pub fn attend_to<T: Tape<E, D>>(
        &self,
        x: Sequences<MODEL, E, D, T>,
        source: Sequences<MODEL, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<MODEL, E, D, T> {
        let value =
            split_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(self.value.forward(source.retaped::<T>()));
        let weights = dropout.apply(self.weights(x, source, masks)); // (batch · HEADS, seq, keys)
        let heads = weights.matmul(value); // (batch · HEADS, seq, HEAD_DIM)
        dropout.apply(self.output.forward(merge_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(heads)))
    }

    /// Who looks at whom: `(batch · HEADS, seq, keys)`, the heads of a sequence one after another.
    pub fn weights<T: Tape<E, D>>(
        &self,
        x: Sequences<MODEL, E, D, T>,
        source: Sequences<MODEL, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
    ) -> Tensor<(usize, usize, usize), E, D, T> {
        let key = split_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(self.key.forward(source));
        let query = split_heads::<MODEL, HEADS, HEAD_DIM, E, D, T>(self.query.forward(x));
        weights_with_masks(query, key, masks.map(|masks| for_each_head(masks, HEADS)))
    }
}
// ANCHOR_END: layer

impl<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, E: Real, D: Device<E>>
    TensorCollection<E, D> for MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E2, D2>;

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
            |(query, key, value, output)| MultiHeadAttention { query, key, value, output },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use attention::causal_mask;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{BuildModule, Const, Cpu, NoneTape, NumParams, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    type Layer = MultiHeadAttention<6, 3, 2, f64, Cpu>;

    fn random(batch: usize, seq: usize, seed: u64) -> Sequences<6, f64, Cpu, NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), batch * seq * 6, 1.0);
        Cpu::default()
            .tensor_from_vec(values.into_iter().map(f64::from).collect(), (batch, seq, Const::<6>))
    }

    #[test]
    fn without_a_mask_it_equals_dfdx() {
        let dev = Cpu::seed_from_u64(7);
        let ours = Layer::build(&dev);
        let mut theirs = dfdx::nn::modules::MultiHeadAttention::<6, 3, 6, 6, f64, Cpu>::build(&dev);
        theirs.w_q = ours.query.clone();
        theirs.w_k = ours.key.clone();
        theirs.w_v = ours.value.clone();
        theirs.w_o = ours.output.clone();
        let x = random(2, 5, 1);
        let library = theirs.forward((x.clone(), x.clone(), x.clone()));
        for (a, b) in ours.attend(x, None, &mut Dropout::off()).as_vec().iter().zip(library.as_vec()) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }

    #[test]
    fn parameters_do_not_depend_on_the_number_of_heads() {
        let dev = Cpu::default();
        let one = MultiHeadAttention::<6, 1, 6, f64, Cpu>::build(&dev).num_trainable_params();
        assert_eq!(one, 4 * (6 * 6 + 6));
        assert_eq!(Layer::build(&dev).num_trainable_params(), one);
    }

    #[test]
    fn future_tokens_do_not_change_past_outputs() {
        let layer = Layer::build(&Cpu::seed_from_u64(7));
        let mask = causal_mask(&Cpu::default(), 5);
        let x = random(1, 5, 2);
        let mut changed = x.as_vec();
        changed[4 * 6..].iter_mut().for_each(|v| *v -= 3.0);
        let y = Cpu::default().tensor_from_vec(changed, (1, 5, Const::<6>));
        let run = |x| layer.attend(x, Some(&mask), &mut Dropout::off()).as_vec();
        let (before, after) = (run(x), run(y));
        assert_eq!(before[..24], after[..24]);
        assert_ne!(before[24..], after[24..]);
    }

    #[test]
    fn gradients_equal_central_differences() {
        let layer = Layer::build(&Cpu::seed_from_u64(7));
        let mask = causal_mask(&Cpu::default(), 4);
        let weigh = random(2, 4, 3);
        let x = random(2, 4, 4);
        let by_input = worst_error(&x, |x: Traced<(usize, usize, Const<6>)>| {
            (layer.attend(x, Some(&mask), &mut Dropout::off()) * weigh.clone()).sum::<Rank0, _>()
        });
        let by_weight = worst_error(&layer.key.weight, |weight| {
            use dfdx::prelude::{PutTape, SplitTape};
            let (weight, tape) = weight.split_tape();
            let mut layer = layer.clone();
            layer.key.weight = weight;
            let y = layer.attend(x.clone().put_tape(tape), Some(&mask), &mut Dropout::off());
            (y * weigh.clone()).sum::<Rank0, _>()
        });
        assert!(by_input < 1e-9 && by_weight < 1e-9, "{by_input} {by_weight}");
    }
}
