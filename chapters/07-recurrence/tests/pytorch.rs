//! The cells against PyTorch's, outputs and every gradient. `tests/fixtures/make.py` made the file.

use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, Gradients, OwnedTape, PutTape, Rank0, Shape, SplitTape, SumTo,
    Tensor, TensorFromVec,
};
use recurrence::{Cell, Gate, Gru, Lstm, Rnn};
use safetensors::SafeTensors;

const ROWS: usize = 2;
const IN: usize = 3;
const HIDDEN: usize = 4;

struct Fixture(Vec<u8>);

impl Fixture {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/recurrence.safetensors");
        Self(std::fs::read(path).unwrap())
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        let bytes = file.tensor(name).unwrap().data().to_vec();
        bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
    }

    /// Part `index` of a parameter that PyTorch keeps as one matrix for all gates.
    fn part(&self, name: &str, index: usize, size: usize) -> Vec<f64> {
        self.numbers(name)[index * size..(index + 1) * size].to_vec()
    }
}

/// The largest difference met so far.
struct Worst(f64);

impl Worst {
    fn compare(&mut self, ours: &[f64], theirs: &[f64], what: &str) {
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            let difference = (ours - theirs).abs();
            // Both compute in f64, in sums of a few numbers near 1: they differ by rounding alone.
            assert!(difference < 1e-12, "{what}: {ours}, PyTorch has {theirs}");
            self.0 = self.0.max(difference);
        }
    }

    fn gradient<S: Shape>(
        &mut self,
        gradients: &Gradients<f64, Cpu>,
        of: &Tensor<S, f64, Cpu>,
        theirs: &[f64],
        what: &str,
    ) {
        self.compare(&gradients.get(of).as_vec(), theirs, what);
    }
}

type OneGate = Gate<IN, HIDDEN, f64, Cpu>;

/// Gives a gate its share of PyTorch's weights.
fn fill(gate: &mut OneGate, fixture: &Fixture, name: &str, index: usize) {
    gate.input.weight.copy_from(&fixture.part(&format!("{name}.weight_ih_l0"), index, HIDDEN * IN));
    gate.hidden.weight.copy_from(&fixture.part(&format!("{name}.weight_hh_l0"), index, HIDDEN * HIDDEN));
    gate.input.bias.copy_from(&fixture.part(&format!("{name}.bias_ih_l0"), index, HIDDEN));
    gate.hidden.bias.copy_from(&fixture.part(&format!("{name}.bias_hh_l0"), index, HIDDEN));
}

fn compare<C: Cell<IN, HIDDEN, f64, Cpu>>(cell: &C, gates: &[&OneGate], name: &str) {
    let (fixture, device, mut worst) = (Fixture::read(), Cpu::default(), Worst(0.0));
    let tensor = |numbers: Vec<f64>| device.tensor_from_vec(numbers, (ROWS, Const::<IN>));
    let inputs: Vec<_> = fixture.numbers("x").chunks(ROWS * IN).map(|x| tensor(x.to_vec())).collect();
    let (mut state, mut tape, mut losses) = (cell.start(ROWS), OwnedTape::default(), Vec::new());
    for (t, x) in inputs.iter().enumerate() {
        let (hidden, next) = cell.step(x.clone().put_tape(tape), &state);
        let what = format!("{name}, step {t}");
        worst.compare(&hidden.as_vec(), &fixture.part(&format!("{name}.outputs"), t, ROWS * HIDDEN), &what);
        let coefficients = fixture.part("coefficients", t, ROWS * HIDDEN);
        let coefficients = device.tensor_from_vec(coefficients, (ROWS, Const::<HIDDEN>));
        let (loss, rest) = (hidden * coefficients).sum::<Rank0, _>().split_tape();
        losses.push(loss);
        (state, tape) = (next, rest);
    }
    let first = losses.remove(0).put_tape(tape);
    let gradients = losses.into_iter().fold(first, |sum, loss| sum + loss).backward();
    for (t, x) in inputs.iter().enumerate() {
        worst.gradient(&gradients, x, &fixture.part(&format!("{name}.x.grad"), t, ROWS * IN), "x");
    }
    for (index, gate) in gates.iter().enumerate() {
        let part =
            |parameter: &str, size| fixture.part(&format!("{name}.{parameter}_l0.grad"), index, size);
        worst.gradient(&gradients, &gate.input.weight, &part("weight_ih", HIDDEN * IN), "W");
        worst.gradient(&gradients, &gate.hidden.weight, &part("weight_hh", HIDDEN * HIDDEN), "U");
        worst.gradient(&gradients, &gate.input.bias, &part("bias_ih", HIDDEN), "b");
        worst.gradient(&gradients, &gate.hidden.bias, &part("bias_hh", HIDDEN), "c");
    }
    println!("{name}: {:.1e}", worst.0);
}

#[test]
fn the_rnn_is_pytorchs() {
    let mut cell = Rnn::build(&Cpu::default());
    fill(&mut cell.gate, &Fixture::read(), "rnn", 0);
    compare(&cell, &[&cell.gate], "rnn");
}

#[test]
fn the_lstm_is_pytorchs() {
    let (mut cell, fixture) = (Lstm::build(&Cpu::default()), Fixture::read());
    for (index, gate) in
        [&mut cell.input, &mut cell.forget, &mut cell.candidate, &mut cell.output].into_iter().enumerate()
    {
        fill(gate, &fixture, "lstm", index);
    }
    compare(&cell, &[&cell.input, &cell.forget, &cell.candidate, &cell.output], "lstm");
}

#[test]
fn the_gru_is_pytorchs() {
    let (mut cell, fixture) = (Gru::build(&Cpu::default()), Fixture::read());
    for (index, gate) in [&mut cell.reset, &mut cell.update, &mut cell.new].into_iter().enumerate() {
        fill(gate, &fixture, "gru", index);
    }
    compare(&cell, &[&cell.reset, &cell.update, &cell.new], "gru");
}
