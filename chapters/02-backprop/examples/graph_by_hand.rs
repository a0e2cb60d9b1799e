//! The chain rule on a graph small enough for a pencil.

use backprop::engine::Tape;

fn main() {
    // ANCHOR: graph
    let tape = Tape::default();
    let (a, b) = (tape.value(2.0), tape.value(3.0));
    let c = a * b; // 6
    let d = c + a; // 8: a is used a second time
    let gradient = d.backward();
    println!("d = {}", d.data);
    println!("dd/da = {}, dd/db = {}", gradient.of(a), gradient.of(b));
    for (place, node) in tape.nodes().iter().enumerate() {
        println!(
            "{place}: {:>2} = {}, inputs and local slopes {:?}",
            node.operation, node.value, node.inputs
        );
    }
    // ANCHOR_END: graph
}
