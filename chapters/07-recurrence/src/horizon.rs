//! How far back does the gradient reach?

use crate::Cell;
use crate::cell::Rows;
use dfdx::prelude::{Backward, Const, Cpu, OwnedTape, PutTape, Rank0, SplitTape, SumTo, TensorFromVec};
use tensors::seeds;

// ANCHOR: reach
/// The length of ∂(sum of h_T)/∂x_{T−k} for k = 0, 1, … `steps` − 1, of a cell that reads random
/// numbers: how much the end depends on what was read k steps before. Mean over 8 sequences.
pub fn reach<const IN: usize, const HIDDEN: usize, C: Cell<IN, HIDDEN, f32, Cpu>>(
    cell: &C,
    steps: usize,
    seed: u64,
) -> Vec<f64> {
    const ROWS: usize = 8;
    type Input<const IN: usize> = Rows<IN, f32, Cpu>;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lstm, Rnn, initialise};
    use dfdx::prelude::BuildModule;

    #[test]
    fn one_unit_forgets_by_the_product_of_its_slopes() {
        // With tiny weights tanh is the identity, so what was read k steps back counts w·uᵏ.
        let mut cell = Rnn::<1, 1, f32, Cpu>::build(&Cpu::default());
        cell.gate.input.weight.copy_from(&[1e-3]);
        cell.gate.hidden.weight.copy_from(&[0.5]);
        cell.gate.input.bias.copy_from(&[0.0]);
        cell.gate.hidden.bias.copy_from(&[0.0]);
        for (k, slope) in reach(&cell, 6, 1).into_iter().enumerate() {
            let expected = 1e-3 * 0.5_f64.powi(k as i32);
            assert!((slope / expected - 1.0).abs() < 1e-3, "{k}: {slope}, expected {expected}");
        }
    }

    #[test]
    fn an_open_forget_gate_reaches_further() {
        let reach_with = |bias| {
            let mut cell = Lstm::<8, 16, f32, Cpu>::build(&Cpu::default());
            initialise(&mut cell, 0.5, 1);
            cell.set_forget_bias(bias);
            reach(&cell, 30, 1)[29]
        };
        let [shut, half, open] = [-2.0, 0.0, 3.0].map(reach_with);
        assert!(shut < 1e-3 * half && half < 1e-3 * open, "{shut} {half} {open}");
    }
}
