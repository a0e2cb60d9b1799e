//! dfdx's tape: where gradients live, and what a second backward pass does.

use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    // ANCHOR: twice
    let x = dev.tensor([1.0_f64, -2.0, 3.0]);
    let gradients = x.trace(Gradients::leaky()).square().sum::<Rank0, _>().backward();
    println!("once:  {:?}", gradients.get(&x).array());
    // The same gradients go round again: what arrives is added to what is there.
    let gradients = x.trace(gradients).square().sum::<Rank0, _>().backward();
    println!("twice: {:?}", gradients.get(&x).array());
    // ANCHOR_END: twice
}
