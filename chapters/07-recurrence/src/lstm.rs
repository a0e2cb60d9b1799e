//! Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al.
//! 2000).
//!
//! i = σ(…), f = σ(…), g = tanh(…), o = σ(…), each a [`Gate`] of its own;
//! c_t = f ⊙ c_{t−1} + i ⊙ g; h_t = o ⊙ tanh(c_t).

use crate::cell::Rows;
use crate::{Cell, Gate};
use deep_networks::parameters;
use dfdx::prelude::{Const, Device, Dtype, PutTape, SplitTape, Storage, Tape};
use tensors::Real;

// ANCHOR: lstm
/// A cell with a memory that is added to, not rewritten.
#[derive(Debug, Clone)]
pub struct Lstm<const IN: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// i: how much of the candidate to write.
    pub input: Gate<IN, HIDDEN, E, D>,
    /// f: how much of the memory to keep.
    pub forget: Gate<IN, HIDDEN, E, D>,
    /// g: what to write.
    pub candidate: Gate<IN, HIDDEN, E, D>,
    /// o: how much of the memory to show.
    pub output: Gate<IN, HIDDEN, E, D>,
}

/// What an LSTM carries from step to step, each `(rows, HIDDEN)`.
#[derive(Debug, Clone)]
pub struct LstmState<const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// h, which the gates read.
    pub hidden: Rows<HIDDEN, E, D>,
    /// c, the memory.
    pub memory: Rows<HIDDEN, E, D>,
}

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> Cell<IN, HIDDEN, E, D>
    for Lstm<IN, HIDDEN, E, D>
{
    type State = LstmState<HIDDEN, E, D>;

    fn start(&self, rows: usize) -> Self::State {
        let zeros = self.input.hidden.weight.device().zeros_like(&(rows, Const));
        LstmState { hidden: zeros.clone(), memory: zeros }
    }

    fn step<T: Tape<E, D>>(
        &self,
        x: Rows<IN, E, D, T>,
        LstmState { hidden: h, memory: c }: &Self::State,
    ) -> (Rows<HIDDEN, E, D, T>, Self::State) {
        // The tape goes from one line to the next.
        let (x, tape) = x.split_tape();
        let (i, tape) = self.input.forward(x.clone().put_tape(tape), h).sigmoid().split_tape();
        let (f, tape) = self.forget.forward(x.clone().put_tape(tape), h).sigmoid().split_tape();
        let (g, tape) = self.candidate.forward(x.clone().put_tape(tape), h).tanh().split_tape();
        let (o, tape) = self.output.forward(x.put_tape(tape), h).sigmoid().split_tape();
        let (kept, tape) = (f.put_tape(tape) * c.clone()).split_tape();
        let (memory, tape) = (i.put_tape(tape) * g + kept).split_tape();
        let (hidden, tape) = (memory.clone().put_tape(tape).tanh() * o).split_tape();
        (hidden.clone().put_tape(tape), LstmState { hidden, memory })
    }
}

impl<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> Lstm<IN, HIDDEN, E, D> {
    /// Sets the bias of the forget gate, so that σ(`bias`) of the memory is kept at first: 1 is
    /// usual (Jozefowicz et al. 2015).
    pub fn set_forget_bias(&mut self, bias: f64) {
        self.forget.input.bias.copy_from(&[E::of(bias); HIDDEN]);
    }
}
// ANCHOR_END: lstm

parameters!(Lstm<const IN, HIDDEN> { input, forget, candidate, output });
