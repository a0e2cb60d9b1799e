//! The plain recurrent network (Elman 1990): h_t = tanh(W x_t + U h_{t−1} + b).

use crate::cell::Rows;
use crate::{Cell, Gate};
use deep_networks::parameters;
use dfdx::prelude::{Const, Device, Dtype, PutTape, SplitTape, Storage, Tape};
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

parameters!(Rnn<const IN, HIDDEN> { gate });
