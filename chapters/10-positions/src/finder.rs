//! One layer of attention that knows its positions in one of several ways.

use crate::alibi::alibi_masks;
use crate::sinusoidal::{encoding, widely_copied};
use crate::{LearnedPositions, rotate};
use attention::{Sequences, causal_mask, weights_with_masks};
use deep_networks::{Linear, parameters};
use dfdx::prelude::{
    Axis, BroadcastTo, Const, Device, Dtype, HasShape, Module, ReshapeTo, Storage, Tape, Tensor, TryAdd,
    TryMatMul,
};
use language_models::Embedding;
use multi_head::{MultiHeadAttention, merge_heads, split_heads};
use tensors::Real;

// ANCHOR: scheme
/// How attention learns where tokens stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// It does not.
    None,
    /// The [widely copied](widely_copied) formula is added.
    WidelyCopied,
    /// A learned vector is added.
    Learned,
    /// Sines and cosines are added.
    Sinusoidal,
    /// Queries and keys are turned.
    Rotary,
    /// Scores fall with the distance.
    Alibi,
}
// ANCHOR_END: scheme

/// Tokens, positions in one of several ways, one causal layer of attention, scores for `OUT`
/// classes at every position.
#[derive(Debug, Clone)]
pub struct Finder<
    const VOCAB: usize,
    const CONTEXT: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const OUT: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// A vector for each token.
    pub embedding: Embedding<Const<VOCAB>, Const<MODEL>, E, D>,
    /// A vector for each position; only [`Scheme::Learned`] uses them.
    pub positions: LearnedPositions<Const<CONTEXT>, Const<MODEL>, E, D>,
    /// Who looks at whom.
    pub attention: MultiHeadAttention<Const<MODEL>, Const<HEADS>, Const<HEAD_DIM>, E, D>,
    /// To the scores.
    pub output: Linear<Const<MODEL>, Const<OUT>, E, D>,
}

impl<
    const VOCAB: usize,
    const CONTEXT: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const OUT: usize,
    E: Real,
    D: Device<E>,
> Finder<VOCAB, CONTEXT, MODEL, HEADS, HEAD_DIM, OUT, E, D>
{
    // ANCHOR: forward
    /// The scores at every position of rows of `seq` tokens, `(rows · seq, OUT)`.
    ///
    /// # Panics
    /// When `tokens` are not whole rows, or longer than `CONTEXT` with [`Scheme::Learned`].
    pub fn forward<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        seq: usize,
        scheme: Scheme,
        tape: T,
    ) -> Tensor<(usize, Const<OUT>), E, D, T> {
        let device = self.embedding.weight.device();
        let rows = tokens.len() / seq;
        let x = self.embedding.look_up(tokens, seq, tape); // (rows, seq, MODEL)
        let x = match scheme {
            Scheme::Learned => self.positions.add(x),
            Scheme::Sinusoidal => add(x, |position| encoding(position, MODEL)),
            Scheme::WidelyCopied => add(x, |position| vec![widely_copied(position); MODEL]),
            Scheme::None | Scheme::Rotary | Scheme::Alibi => x,
        };
        let MultiHeadAttention { query, key, value, output, heads } = &self.attention;
        let query = split_heads(query.forward(x.retaped::<T>()), *heads);
        let key = split_heads(key.forward(x.retaped::<T>()), *heads);
        let value = split_heads(value.forward(x), *heads);
        let masks = match scheme {
            Scheme::Alibi => alibi_masks(device, rows, HEADS, seq),
            _ => causal_mask(device, seq).broadcast_like::<_, Axis<0>>(&(rows * HEADS, seq, seq)),
        };
        let weights = match scheme {
            Scheme::Rotary => weights_with_masks(rotate(query), rotate(key), Some(masks)),
            _ => weights_with_masks(query, key, Some(masks)),
        };
        let found = output.forward(merge_heads(weights.matmul(value), *heads));
        self.output.forward(found.reshape_like(&(rows * seq, Const::<MODEL>)))
    }
    // ANCHOR_END: forward
}

/// Adds to each position of `x` a vector that depends on the position alone.
fn add<const MODEL: usize, E: Real, D: Device<E>, T: Tape<E, D>>(
    x: Sequences<Const<MODEL>, E, D, T>,
    vector: impl Fn(usize) -> Vec<f64>,
) -> Sequences<Const<MODEL>, E, D, T> {
    let shape = *x.shape();
    let numbers = (0..shape.1).flat_map(vector).map(E::of).collect();
    let table = x.device().tensor_from_vec(numbers, (shape.1, Const::<MODEL>));
    x.try_add(table.broadcast_like::<_, Axis<0>>(&shape)).expect("the same shape")
}

parameters!(Finder<const VOCAB, CONTEXT, MODEL, HEADS, HEAD_DIM, OUT> {
    embedding, positions, attention, output
});

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};

    type Small = Finder<9, 12, 8, 2, 4, 5, f64, Cpu>;

    fn model() -> Small {
        let mut model = Small::build(&Cpu::default());
        deep_networks::initialise(&mut model, 1);
        model
    }

    /// The scores at the last of eight tokens.
    fn last(model: &Small, tokens: &[usize], scheme: Scheme) -> Vec<f64> {
        model.forward(tokens, 8, scheme, NoneTape).as_vec()[7 * 5..].to_vec()
    }

    // ANCHOR: order_blind
    #[test]
    fn without_positions_the_order_of_what_was_read_does_not_matter() {
        let (text, shuffled) = ([1, 2, 3, 4, 5, 6, 7, 0], [5, 3, 7, 1, 6, 2, 4, 0]);
        let model = model();
        let change = |scheme| {
            let [a, b] = [text, shuffled].map(|text| last(&model, &text, scheme));
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        assert!(change(Scheme::None) < 1e-12);
        for scheme in [Scheme::Learned, Scheme::Sinusoidal, Scheme::Rotary, Scheme::Alibi] {
            assert!(change(scheme) > 1e-3, "{scheme:?} is blind to order as well");
        }
    }
    // ANCHOR_END: order_blind

    #[test]
    fn no_scheme_lets_the_future_through() {
        let model = model();
        let schemes = [
            Scheme::None,
            Scheme::WidelyCopied,
            Scheme::Learned,
            Scheme::Sinusoidal,
            Scheme::Rotary,
            Scheme::Alibi,
        ];
        for scheme in schemes {
            let [a, b] = [[1, 2, 3, 4, 5, 6, 7, 0], [1, 2, 3, 4, 5, 6, 7, 8]]
                .map(|text| model.forward(&text, 8, scheme, NoneTape).as_vec());
            assert_eq!(a[..7 * 5], b[..7 * 5], "{scheme:?}");
            assert_ne!(a[7 * 5..], b[7 * 5..], "{scheme:?}");
        }
    }
}
