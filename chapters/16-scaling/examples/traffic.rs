//! What travels between machines, in bytes: `cargo run -p scaling --example traffic`.

use gpt::Shape;
use gpt::sizes::{Gpt2, LaptopBpe};
use gpt::{Settings, Sizes};

/// Bytes a second of gigabit Ethernet, in each direction.
const GIGABIT: f64 = 125e6;
/// What the default run took: chapters/13-mini-gpt/experiment.stdout.
const SECONDS: f64 = 127.0;
/// Operations a second of one machine in that run: examples/cost.stdout.
const RATE: f64 = 246e9;
/// Bytes of a number.
const NUMBER: usize = 4;
/// All-reduces of a block forward, and as many backward.
const IN_A_BLOCK: usize = 2;

fn tell<S: Sizes>(name: &str, tokens_a_step: usize) {
    let shape = Shape::of::<S>();
    println!("{name}: {} parameters, {tokens_a_step} tokens a step", shape.total());
    let gradient = NUMBER * shape.total();
    println!(
        "  data parallel    {gradient:>12} bytes of gradient a step, {:>6} a token",
        gradient / tokens_a_step
    );
    let reduced = NUMBER * shape.model;
    let block = 2 * IN_A_BLOCK * reduced;
    println!(
        "  tensor parallel  {reduced:>12} bytes an all-reduce of a token, {block:>6} a block of a token"
    );
    println!("  {:>29} bytes in {} blocks a token", block * shape.layers, shape.layers);
    for machines in [2, 4, 8] {
        let factor = 2.0 * f64::from(machines - 1) / f64::from(machines);
        let sent = |bytes: usize| factor * bytes as f64;
        let (data, tensor) = (sent(gradient) / tokens_a_step as f64, sent(block * shape.layers));
        println!(
            "  {machines} machines: each sends {factor:.2} of it, {data:.0} and {tensor:.0} bytes a token"
        );
        let milliseconds = 1000.0 * sent(gradient) / GIGABIT;
        println!("              the gradients take {milliseconds:.0} ms a step at a gigabit a second");
    }
}

fn main() {
    tell::<LaptopBpe>("the default size", Settings::stories().tokens_a_step());
    let steps = Settings::stories().steps;
    let milliseconds = 1000.0 * SECONDS / steps as f64;
    println!("  a step of the default run took {milliseconds:.0} ms: {steps} steps in {SECONDS} s");
    // 6 N T operations are to take as long as 8 N (W - 1)/W bytes.
    let needed = |share: f64| 8.0 / 6.0 * share * RATE / GIGABIT;
    println!(
        "  tokens a machine needs: {:.0} if there are two, less than {:.0} for any number; two of ours have {}",
        needed(0.5),
        needed(1.0),
        Settings::stories().tokens_a_step() / 2
    );
    tell::<Gpt2>("GPT-2", 512 * 1024);
}
