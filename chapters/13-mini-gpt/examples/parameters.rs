//! Where a model's parameters are: `cargo run -p gpt --example parameters`.

use gpt::Shape;
use gpt::sizes::Tiny;

fn main() {
    // ANCHOR: parameters
    let shape = Shape::of::<Tiny>();
    for (part, count) in shape.parameters() {
        println!("{count:>6}  {part}");
    }
    println!("{:>6}  in all", shape.total());
    // ANCHOR_END: parameters
}
