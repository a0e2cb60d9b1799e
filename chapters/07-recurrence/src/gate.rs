//! The sum that all cells are made of: a bit of the input, a bit of the state.

use crate::cell::Rows;
use dfdx::nn::modules::Linear;
use dfdx::prelude::{
    Device, Dtype, Module, ModuleVisitor, PutTape, SplitTape, Storage, Tape, TensorCollection,
};
use tensors::Real;

// ANCHOR: gate
/// W x + b + U h + c: what the input and the hidden state say together.
#[derive(Debug, Clone)]
pub struct Gate<const IN: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// W and b.
    pub input: Linear<IN, HIDDEN, E, D>,
    /// U and c. (One bias would do; PyTorch has two, and so do we.)
    pub hidden: Linear<HIDDEN, HIDDEN, E, D>,
}

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> Gate<IN, HIDDEN, E, D> {
    /// The sum, before any bend. `x` is `(rows, IN)` and carries the tape; `h` is `(rows, HIDDEN)`.
    pub fn forward<T: Tape<E, D>>(
        &self,
        x: Rows<IN, E, D, T>,
        h: &Rows<HIDDEN, E, D>,
    ) -> Rows<HIDDEN, E, D, T> {
        let (from_x, tape) = self.input.forward(x).split_tape();
        self.hidden.forward(h.clone().put_tape(tape)) + from_x
    }
}
// ANCHOR_END: gate

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> TensorCollection<E, D>
    for Gate<IN, HIDDEN, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = Gate<IN, HIDDEN, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("input", |s| &s.input, |s| &mut s.input),
                Self::module("hidden", |s| &s.hidden, |s| &mut s.hidden),
            ),
            |(input, hidden)| Gate { input, hidden },
        )
    }
}
