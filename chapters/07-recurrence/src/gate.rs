//! The sum that all cells are made of: a bit of the input, a bit of the state.

use crate::cell::Rows;
use deep_networks::{Linear, parameters};
use dfdx::prelude::{Const, Device, Dtype, Module, PutTape, SplitTape, Storage, Tape};
use tensors::Real;

// ANCHOR: gate
/// W x + b + U h + c: what the input and the hidden state say together.
#[derive(Debug, Clone)]
pub struct Gate<const IN: usize, const HIDDEN: usize, E: Dtype, D: Storage<E>> {
    /// W and b.
    pub input: Linear<Const<IN>, Const<HIDDEN>, E, D>,
    /// U and c. (One bias would do; PyTorch has two, and so do we.)
    pub hidden: Linear<Const<HIDDEN>, Const<HIDDEN>, E, D>,
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

parameters!(Gate<const IN, HIDDEN> { input, hidden });
