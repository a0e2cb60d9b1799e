//! One block of a decoder in pre-norm form: x + attention(norm(x)), then x + feed-forward(norm(x)).
//!
//! In the 2017 model the norm came after the addition; with the norm first, the residual stream
//! runs from the embedding to the output untouched, and deep stacks train without special care
//! (Radford et al. 2019; Xiong et al. 2020).

use crate::decoder_layer::Masks;
use crate::{Design, FeedForward, LayerNorm, Sizes};
use attention::Sequences;
use deep_networks::{Dropout, parameters};
use dfdx::prelude::{Dtype, Storage, Tape, Tensor};
use multi_head::MultiHeadAttention;
use neurons::gelu::Gelu;
use tensors::Real;

// ANCHOR: block
/// Attention between positions, then a feed-forward network at each position, both added to the
/// residual stream.
#[derive(Debug, Clone)]
pub struct Block<S: Sizes, E: Dtype, D: Storage<E>> {
    /// Norm before attention.
    pub norm1: LayerNorm<S::Model, E, D>,
    /// The only layer that moves information between positions.
    pub attention: MultiHeadAttention<S::Model, S::Heads, S::HeadDim, E, D>,
    /// Norm before the feed-forward network.
    pub norm2: LayerNorm<S::Model, E, D>,
    /// Works on each position alone.
    pub feed_forward: FeedForward<S::Model, S::Hidden, E, D>,
}

impl<S: Sizes, E: Real, D: Gelu<E>> Block<S, E, D> {
    /// `(batch, seq, Model)` to the same shape, each position seeing those that `mask`,
    /// `(seq, seq)`, allows. Chapter 12's `Kernels::attend` and `think` are these two lines, one each,
    /// and may be computed in another way.
    pub fn run<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        mask: Option<&Tensor<(usize, usize), E, D>>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        let x = self.attention.attend(self.norm1.norm(x.retaped::<T>()), mask, dropout) + x;
        self.feed_forward.think(self.norm2.norm(x.retaped::<T>()), dropout) + x
    }
}
// ANCHOR_END: block

// ANCHOR: encode
impl<S: Sizes, E: Real, D: Gelu<E>> Block<S, E, D> {
    /// [`Self::run`] as a layer of an encoder: with a mask for each sequence, `(batch, seq, seq)`,
    /// and in any [`Design`].
    pub fn encode<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        masks: Option<&Masks<E, D>>,
        design: Design,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        let x =
            design.step(x, &self.norm1, |x| self.attention.attend_to(x.retaped::<T>(), x, masks, dropout));
        if !design.feed_forward {
            return x;
        }
        design.step(x, &self.norm2, |x| self.feed_forward.think(x, dropout))
    }
}
// ANCHOR_END: encode

parameters!(Block<S: Sizes> { norm1, attention, norm2, feed_forward });

#[cfg(test)]
mod tests {
    use super::*;
    use attention::causal_mask;
    use backprop::gradient_check::{Traced, worst_error};
    use dfdx::prelude::{BuildModule, Const, Cpu, NoneTape, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    crate::sizes!(Four { vocab: 1, context: 1, model: 4, heads: 2, head_dim: 2, hidden: 8, layers: 1 });
    type Tiny = Block<Four, f64, Cpu>;
    type Stream<T> = Tensor<(usize, usize, Const<4>), f64, Cpu, T>;

    fn random(batch: usize, seq: usize, seed: u64) -> Stream<NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), batch * seq * 4, 1.0);
        Cpu::default()
            .tensor_from_vec(values.into_iter().map(f64::from).collect(), (batch, seq, Const::<4>))
    }

    #[test]
    fn a_block_that_adds_nothing_leaves_the_stream_untouched() {
        let mut block = Tiny::build(&Cpu::seed_from_u64(1));
        block.attention.output.weight.fill_with_zeros();
        block.attention.output.bias.fill_with_zeros();
        block.feed_forward.down.weight.fill_with_zeros();
        block.feed_forward.down.bias.fill_with_zeros();
        let x = random(2, 3, 1);
        assert_eq!(block.run(x.clone(), None, &mut Dropout::off()).as_vec(), x.as_vec());
    }

    #[test]
    fn as_a_layer_of_an_encoder_it_is_the_same() {
        let (block, x) = (Tiny::build(&Cpu::seed_from_u64(1)), random(2, 3, 1));
        let encoded = block.encode(x.clone(), None, Design::default(), &mut Dropout::off()).as_vec();
        assert_eq!(encoded, block.run(x, None, &mut Dropout::off()).as_vec());
    }

    #[test]
    fn future_tokens_do_not_change_past_outputs() {
        let block = Tiny::build(&Cpu::seed_from_u64(1));
        let mask = causal_mask(&Cpu::default(), 6);
        let x = random(1, 6, 2);
        let mut changed = x.as_vec();
        changed[3 * 4..].iter_mut().for_each(|v| *v += 1.0);
        let y = Cpu::default().tensor_from_vec(changed, (1, 6, Const::<4>));
        let run = |x| block.run(x, Some(&mask), &mut Dropout::off()).as_vec();
        let (before, after) = (run(x), run(y));
        assert_eq!(before[..12], after[..12]);
        assert_ne!(before[12..], after[12..]);
    }

    #[test]
    fn gradients_equal_central_differences() {
        let block = Tiny::build(&Cpu::seed_from_u64(1));
        let mask = causal_mask(&Cpu::default(), 3);
        let weigh = random(2, 3, 8);
        let error = worst_error(&random(2, 3, 3), |x: Traced<(usize, usize, Const<4>)>| {
            (block.run(x, Some(&mask), &mut Dropout::off()) * weigh.clone()).sum::<Rank0, _>()
        });
        assert!(error < 1e-8, "{error}");
    }
}
