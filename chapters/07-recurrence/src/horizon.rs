//! How far back does the gradient reach?

use crate::Cell;
use dfdx::prelude::{
    Backward, Const, Cpu, OwnedTape, PutTape, Rank0, SplitTape, SumTo, Tensor, TensorFromVec,
};
use tensors::seeds;

// ANCHOR: reach
/// The length of ∂(sum of h_T)/∂x_{T−k} for k = 0, 1, … `steps` − 1, of a cell that reads random numbers: how much the end depends on what
/// was read k steps before. Mean over 8 sequences.
pub fn reach<const IN: usize, const HIDDEN: usize, C: Cell<IN, HIDDEN, f32, Cpu>>(
    cell: &C,
    steps: usize,
    seed: u64,
) -> Vec<f64> {
    const ROWS: usize = 8;
    type Input<const IN: usize> = Tensor<(usize, Const<IN>), f32, Cpu>;
    let (device, mut rng) = (Cpu::default(), seeds::generator(seed));
    let mut read = || device.tensor_from_vec(seeds::normal(&mut rng, ROWS * IN, 1.0), (ROWS, Const::<IN>));
    let inputs: Vec<Input<IN>> = (0..steps).map(|_| read()).collect();
    let (mut state, mut tape) = (cell.start(ROWS), OwnedTape::default());
    let mut last = None;
    for x in &inputs {
        let (hidden, next) = cell.step(x.clone().put_tape(tape), &state);
        let (hidden, rest) = hidden.split_tape();
        (state, tape, last) = (next, rest, Some(hidden));
    }
    let Some(last) = last else { return Vec::new() };
    let gradients = last.put_tape(tape).sum::<Rank0, _>().backward();
    let length = |row: &[f32]| row.iter().map(|&slope| f64::from(slope).powi(2)).sum::<f64>().sqrt();
    let mean = |x: &Input<IN>| gradients.get(x).as_vec().chunks(IN).map(length).sum::<f64>() / ROWS as f64;
    inputs.iter().rev().map(mean).collect()
}
// ANCHOR_END: reach
