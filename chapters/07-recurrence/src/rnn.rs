//! The plain recurrent network (Elman 1990): h_t = tanh(W x_t + U h_{t−1} + b).

use crate::cell::Rows;
use crate::{Cell, Gate};
use dfdx::prelude::{
    Const, Device, Dtype, ModuleVisitor, PutTape, SplitTape, Storage, Tape, TensorCollection,
};
use tensors::Real;

// ANCHOR: rnn
/// A plain recurrent cell.
#[derive(Debug, Clone)]
pub struct Rnn<const IN: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// The sum before the bend.
    pub gate: Gate<IN, HIDDEN, E, D>,
}

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> Cell<IN, HIDDEN, E, D>
    for Rnn<IN, HIDDEN, E, D>
{
    type State = Rows<HIDDEN, E, D>;

    fn start(&self, rows: usize) -> Self::State {
        self.gate.hidden.weight.device().zeros_like(&(rows, Const))
    }

    fn step<T: Tape<E, D>>(
        &self,
        x: Rows<IN, E, D, T>,
        h: &Self::State,
    ) -> (Rows<HIDDEN, E, D, T>, Self::State) {
        let (h, tape) = self.gate.forward(x, h).tanh().split_tape();
        (h.clone().put_tape(tape), h)
    }
}
// ANCHOR_END: rnn

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> TensorCollection<E, D>
    for Rnn<IN, HIDDEN, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = Rnn<IN, HIDDEN, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(Self::module("gate", |s| &s.gate, |s| &mut s.gate), |gate| Rnn { gate })
    }
}
