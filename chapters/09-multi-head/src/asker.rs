//! Attention from a question to a text, with any number of heads.

use crate::{MultiHeadAttention, Sequences};
use deep_networks::{Dropout, Linear, parameters};
use dfdx::prelude::{Const, Device, Dtype, HasShape, Module, ReshapeTo, Storage, Tape, Tensor};
use tensors::Real;

// ANCHOR: asker
/// From tokens of `IN` numbers to vectors, one layer of attention in which the last token asks, and
/// from what was found to `OUT` numbers.
#[derive(Debug, Clone)]
pub struct Asker<
    const IN: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const OUT: usize,
    E: Dtype,
    D: Storage<E>,
> {
    /// From a token to its vector.
    pub input: Linear<Const<IN>, Const<MODEL>, E, D>,
    /// Who looks at whom.
    pub attention: MultiHeadAttention<Const<MODEL>, Const<HEADS>, Const<HEAD_DIM>, E, D>,
    /// From what was found to the answer.
    pub output: Linear<Const<MODEL>, Const<OUT>, E, D>,
}

impl<
    const IN: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const OUT: usize,
    E: Real,
    D: Device<E>,
> Asker<IN, MODEL, HEADS, HEAD_DIM, OUT, E, D>
{
    /// The question, `(rows, 1, MODEL)`, and the whole text, `(rows, length, MODEL)`.
    pub fn read<T: Tape<E, D>>(
        &self,
        tokens: Sequences<Const<IN>, E, D, T>,
    ) -> [Sequences<Const<MODEL>, E, D, T>; 2] {
        let length = tokens.shape().1;
        let text = self.input.forward(tokens);
        [text.retaped::<T>().slice((.., length - 1.., ..)), text]
    }

    /// The answers to sequences of tokens, `(rows, OUT)`.
    pub fn answer<T: Tape<E, D>>(
        &self,
        tokens: Sequences<Const<IN>, E, D, T>,
    ) -> Tensor<(usize, Const<OUT>), E, D, T> {
        let rows = tokens.shape().0;
        let [question, text] = self.read(tokens);
        let found = self.attention.attend_to(question, text, None, &mut Dropout::off()); // (rows, 1, MODEL)
        self.output.forward(found.reshape_like(&(rows, Const::<MODEL>)))
    }
}
// ANCHOR_END: asker

parameters!(Asker<const IN, MODEL, HEADS, HEAD_DIM, OUT> { input, attention, output });
