//! Where a model's parameters are: `cargo run -p gpt --example parameters`.

use dfdx::prelude::Cpu;
use gpt::LanguageModel;
use gpt::sizes::Tiny;

fn main() {
    // ANCHOR: parameters
    let shape = <Tiny<Cpu> as LanguageModel<Cpu>>::SHAPE;
    for (part, count) in shape.parameters() {
        println!("{count:>6}  {part}");
    }
    println!("{:>6}  in all", shape.total());
    // ANCHOR_END: parameters
}
