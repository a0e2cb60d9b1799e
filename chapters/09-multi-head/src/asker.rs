//! Attention from a question to a text, with any number of heads.

use crate::{MultiHeadAttention, Sequences};
use deep_networks::Dropout;
use dfdx::nn::modules::Linear;
use dfdx::prelude::{
    Const, Device, Dtype, HasShape, Module, ModuleVisitor, ReshapeTo, Storage, Tape, Tensor,
    TensorCollection,
};
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
    pub input: Linear<IN, MODEL, E, D>,
    /// Who looks at whom.
    pub attention: MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>,
    /// From what was found to the answer.
    pub output: Linear<MODEL, OUT, E, D>,
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
        tokens: Sequences<IN, E, D, T>,
    ) -> (Sequences<MODEL, E, D, T>, Sequences<MODEL, E, D, T>) {
        let length = tokens.shape().1;
        let text = self.input.forward(tokens);
        (text.retaped::<T>().slice((.., length - 1.., ..)), text)
    }

    /// The answers to sequences of tokens, `(rows, OUT)`.
    pub fn answer<T: Tape<E, D>>(
        &self,
        tokens: Sequences<IN, E, D, T>,
    ) -> Tensor<(usize, Const<OUT>), E, D, T> {
        let rows = tokens.shape().0;
        let (question, text) = self.read(tokens);
        let found = self.attention.attend_to(question, text, None, &mut Dropout::off()); // (rows, 1, MODEL)
        self.output.forward(found.reshape_like(&(rows, Const::<MODEL>)))
    }
}
// ANCHOR_END: asker

impl<
    const IN: usize,
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const OUT: usize,
    E: Real,
    D: Device<E>,
> TensorCollection<E, D> for Asker<IN, MODEL, HEADS, HEAD_DIM, OUT, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = Asker<IN, MODEL, HEADS, HEAD_DIM, OUT, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("input", |s| &s.input, |s| &mut s.input),
                Self::module("attention", |s| &s.attention, |s| &mut s.attention),
                Self::module("output", |s| &s.output, |s| &mut s.output),
            ),
            |(input, attention, output)| Asker { input, attention, output },
        )
    }
}
