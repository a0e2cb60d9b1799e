//! The gated recurrent unit (Cho et al. 2014): two gates, and no memory besides the hidden state.
//!
//! r = σ(…), z = σ(…); n = tanh(W x + b + r ⊙ (U h + c)); h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}.

use crate::cell::Rows;
use crate::{Cell, Gate};
use deep_networks::parameters;
use dfdx::prelude::{Const, Device, Dtype, Module, PutTape, SplitTape, Storage, Tape};
use tensors::Real;

// ANCHOR: gru
/// A gated recurrent unit.
#[derive(Debug, Clone)]
pub struct Gru<const IN: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// r: how much of the old state the new one may see.
    pub reset: Gate<IN, HIDDEN, E, D>,
    /// z: how much of the old state to keep.
    pub update: Gate<IN, HIDDEN, E, D>,
    /// n: what the rest becomes.
    pub new: Gate<IN, HIDDEN, E, D>,
}

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> Cell<IN, HIDDEN, E, D>
    for Gru<IN, HIDDEN, E, D>
{
    type State = Rows<HIDDEN, E, D>;

    fn start(&self, rows: usize) -> Self::State {
        self.reset.hidden.weight.device().zeros_like(&(rows, Const))
    }

    fn step<T: Tape<E, D>>(
        &self,
        x: Rows<IN, E, D, T>,
        h: &Self::State,
    ) -> (Rows<HIDDEN, E, D, T>, Self::State) {
        let (x, tape) = x.split_tape();
        let (r, tape) = self.reset.forward(x.clone().put_tape(tape), h).sigmoid().split_tape();
        let (z, tape) = self.update.forward(x.clone().put_tape(tape), h).sigmoid().split_tape();
        let (seen, tape) = (self.new.hidden.forward(h.clone().put_tape(tape)) * r).split_tape();
        let (n, tape) = (self.new.input.forward(x.put_tape(tape)) + seen).tanh().split_tape();
        // (1 − z) n + z h = n + z (h − n)
        let (away, tape) = ((h.clone().put_tape(tape) - n.clone()) * z).split_tape();
        let (h, tape) = (n.put_tape(tape) + away).split_tape();
        (h.clone().put_tape(tape), h)
    }
}
// ANCHOR_END: gru

parameters!(Gru<const IN, HIDDEN> { reset, update, new });
