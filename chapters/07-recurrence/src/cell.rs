//! What every recurrent cell does: one step.

use dfdx::prelude::{Const, Device, NoneTape, Tape, Tensor, TensorCollection};
use tensors::Real;

/// A vector of `N` numbers for each row: `(rows, N)`.
pub type Rows<const N: usize, E, D, T = NoneTape> = Tensor<(usize, Const<N>), E, D, T>;

// ANCHOR: cell
/// One step of a recurrent network, applied again and again.
pub trait Cell<const IN: usize, const HIDDEN: usize, E: Real, D: Device<E>> {
    /// What is carried from step to step.
    type State: Clone;

    /// The state before the first step, for `rows` sequences read side by side: zeros.
    fn start(&self, rows: usize) -> Self::State;

    /// Reads `x`, which is `(rows, IN)` and carries the tape. Returns the new hidden state,
    /// `(rows, HIDDEN)`, with the tape, and what to carry on.
    fn step<T: Tape<E, D>>(
        &self,
        x: Rows<IN, E, D, T>,
        state: &Self::State,
    ) -> (Rows<HIDDEN, E, D, T>, Self::State);
}
// ANCHOR_END: cell

/// Draws every matrix with the deviation `gain` / √inputs and sets every bias to 0. A gain of 1
/// keeps the size of what passes through a linear layer; a recurrent network passes through the
/// same one at every step.
pub fn initialise<E: Real, D: Device<E>, M: TensorCollection<E, D> + Clone>(
    model: &mut M,
    gain: f64,
    seed: u64,
) {
    deep_networks::initialise(model, seed); // with √(2 / inputs)
    let drawn = model.clone();
    deep_networks::add(model, gain / std::f64::consts::SQRT_2, &drawn, 0.0);
}
