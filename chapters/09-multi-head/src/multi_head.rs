//! The layer: project, split, attend, merge, project.

use crate::mask::for_each_head;
use crate::split::{merge_heads, split_heads};
use attention::{Sequences, weights_with_masks};
use deep_networks::{Dropout, Linear, parameters};
use dfdx::prelude::{
    Axis, BroadcastTo, ConstDim, Device, Dtype, HasShape, Module, Storage, Tape, Tensor, TryMatMul,
};
use tensors::Real;

// ANCHOR: layer
/// Self-attention with `Heads` heads of `HeadDim` numbers on vectors of
/// `Model = Heads · HeadDim`.
///
/// The four projections have 4 · (Model² + Model) parameters, however many heads share them. Heads
/// that do not divide the model's size do not compile:
///
/// ```compile_fail
/// use dfdx::prelude::*;
/// use multi_head::MultiHeadAttention;
/// type Layer = MultiHeadAttention<Const<8>, Const<3>, Const<2>, f32, Cpu>; // 3 · 2 is not 8
/// let layer = Layer::build(&Cpu::default());
/// let x = Cpu::default().zeros_like(&(1, 4, Const::<8>));
/// let y = layer.attend(x, None, &mut deep_networks::Dropout::off());
/// ```
#[derive(Debug, Clone)]
pub struct MultiHeadAttention<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim, E: Dtype, D: Storage<E>>
{
    /// W^Q of all heads, side by side.
    pub query: Linear<Model, Model, E, D>,
    /// W^K of all heads.
    pub key: Linear<Model, Model, E, D>,
    /// W^V of all heads.
    pub value: Linear<Model, Model, E, D>,
    /// W^O, which mixes what the heads found.
    pub output: Linear<Model, Model, E, D>,
    /// How many heads of how many numbers: types, which have one value each.
    pub heads: (Heads, HeadDim),
}

impl<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim, E: Real, D: Device<E>>
    MultiHeadAttention<Model, Heads, HeadDim, E, D>
{
    /// Self-attention: `(batch, seq, Model)` to the same shape. `mask` is `(seq, seq)` and serves
    /// every head of every sequence.
    ///
    /// `dropout` acts on the attention weights and on the result, as in GPT-2.
    pub fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        mask: Option<&Tensor<(usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, D, T> {
        let (batch, seq, _) = *x.shape();
        let masks = mask.map(|mask| mask.clone().broadcast_like::<_, Axis<0>>(&(batch, seq, seq)));
        self.attend_to(x.retaped::<T>(), x, masks.as_ref(), dropout)
    }

    /// Cross-attention: `x`, `(batch, seq, Model)`, asks, and `source`, `(batch, keys, Model)`,
    /// answers. `masks` are `(batch, seq, keys)`, one for each sequence, and serve every head.
    pub fn attend_to<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        source: Sequences<Model, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, D, T> {
        let found = self.find(x, source, masks, dropout);
        self.mix(found, dropout)
    }

    /// What the heads find, before W^O mixes it: `(batch, seq, Model)`, the `HeadDim` numbers of each
    /// head after those of the one before.
    pub fn find<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        source: Sequences<Model, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, D, T> {
        let value = split_heads(self.value.forward(source.retaped::<T>()), self.heads);
        let weights = dropout.apply(self.weights(x, source, masks)); // (batch · Heads, seq, keys)
        let found = weights.matmul(value); // (batch · Heads, seq, HeadDim)
        merge_heads(found, self.heads)
    }

    /// W^O on what the heads found: `(batch, seq, Model)` to the same shape.
    pub fn mix<T: Tape<E, D>>(
        &self,
        found: Sequences<Model, E, D, T>,
        dropout: &mut Dropout,
    ) -> Sequences<Model, E, D, T> {
        dropout.apply(self.output.forward(found))
    }

    /// Who looks at whom: `(batch · Heads, seq, keys)`, the heads of a sequence one after another.
    pub fn weights<T: Tape<E, D>>(
        &self,
        x: Sequences<Model, E, D, T>,
        source: Sequences<Model, E, D, T>,
        masks: Option<&Tensor<(usize, usize, usize), E, D>>,
    ) -> Tensor<(usize, usize, usize), E, D, T> {
        let key = split_heads(self.key.forward(source), self.heads);
        let query = split_heads(self.query.forward(x), self.heads);
        weights_with_masks(query, key, masks.map(|masks| for_each_head(masks, Heads::SIZE)))
    }
}
// ANCHOR_END: layer

parameters!(MultiHeadAttention<Model: ConstDim, Heads: ConstDim, HeadDim: ConstDim> {
    query, key, value, output; heads
});

#[cfg(test)]
mod tests {
    use super::*;
    use attention::causal_mask;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{BuildModule, Const, Cpu, NoneTape, NumParams, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    type Layer = MultiHeadAttention<Const<6>, Const<3>, Const<2>, f64, Cpu>;

    fn random(batch: usize, seq: usize, seed: u64) -> Sequences<Const<6>, f64, Cpu, NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), batch * seq * 6, 1.0);
        Cpu::default()
            .tensor_from_vec(values.into_iter().map(f64::from).collect(), (batch, seq, Const::<6>))
    }

    #[test]
    fn without_a_mask_it_equals_dfdx() {
        let dev = Cpu::seed_from_u64(7);
        let ours = Layer::build(&dev);
        let mut theirs = dfdx::nn::modules::MultiHeadAttention::<6, 3, 6, 6, f64, Cpu>::build(&dev);
        for (theirs, ours) in [
            (&mut theirs.w_q, &ours.query),
            (&mut theirs.w_k, &ours.key),
            (&mut theirs.w_v, &ours.value),
            (&mut theirs.w_o, &ours.output),
        ] {
            (theirs.weight, theirs.bias) = (ours.weight.clone(), ours.bias.clone());
        }
        let x = random(2, 5, 1);
        let library = theirs.forward((x.clone(), x.clone(), x.clone()));
        for (a, b) in ours.attend(x, None, &mut Dropout::off()).as_vec().iter().zip(library.as_vec()) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }

    #[test]
    fn parameters_do_not_depend_on_the_number_of_heads() {
        let dev = Cpu::default();
        let one = MultiHeadAttention::<Const<6>, Const<1>, Const<6>, f64, Cpu>::build(&dev)
            .num_trainable_params();
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
