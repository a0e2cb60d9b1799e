//! A recurrent network of one unit, small enough for a pencil.

use dfdx::prelude::{
    AsArray, Backward, BuildModule, Const, Cpu, OwnedTape, PutTape, Rank0, SplitTape, SumTo, TensorFromVec,
};
use recurrence::{Cell, Rnn};

fn main() {
    // ANCHOR: by_hand
    let dev = Cpu::default();
    let mut cell = Rnn::<1, 1, f64, _>::build(&dev); // h ← tanh(w x + u h)
    cell.gate.input.weight.copy_from(&[1.0]);
    cell.gate.hidden.weight.copy_from(&[0.5]);
    cell.gate.input.bias.copy_from(&[0.0]);
    cell.gate.hidden.bias.copy_from(&[0.0]);
    let inputs = [1.0, 0.0, 0.0].map(|x| dev.tensor_from_vec(vec![x], (1, Const::<1>)));

    let (h1, state) = cell.step(inputs[0].clone().put_tape(OwnedTape::default()), &cell.start(1));
    let (h1, tape) = h1.split_tape();
    let (h2, state) = cell.step(inputs[1].clone().put_tape(tape), &state);
    let (h2, tape) = h2.split_tape();
    let (h3, _) = cell.step(inputs[2].clone().put_tape(tape), &state);
    println!("h: {:.4} {:.4} {:.4}", h1.as_vec()[0], h2.as_vec()[0], h3.as_vec()[0]);

    let gradients = h3.sum::<Rank0, _>().backward();
    let by_input = inputs.map(|x| gradients.get(&x).as_vec()[0]);
    println!("slope of h3 by each input: {by_input:.4?}");
    println!("slope of h3 by u: {:.4}", gradients.get(&cell.gate.hidden.weight).array()[0][0]);
    // ANCHOR_END: by_hand
}
