//! Three tokens, two numbers each: attention with a pencil.

use attention::{Sequences, attention, attention_weights, causal_mask};
use dfdx::prelude::{Const, Cpu, NoneTape, TensorFromVec};

fn main() {
    // ANCHOR: by_hand
    let dev = Cpu::default();
    let three = |numbers: [f32; 6]| -> Sequences<Const<2>, f32, Cpu, NoneTape> {
        dev.tensor_from_vec(numbers.to_vec(), (1, 3, Const::<2>)) // one sequence of three tokens
    };
    let query = three([1.0, 1.0, 0.0, 2.0, 2.0, 0.0]);
    let key = three([1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    let value = three([1.0, 0.0, 0.0, 1.0, 2.0, 2.0]);
    let mask = causal_mask(&dev, 3);
    let weights = attention_weights(query.clone(), key.clone(), Some(&mask)).as_vec();
    for (token, row) in weights.chunks(3).enumerate() {
        println!("token {token} looks: {row:.3?}");
    }
    for (token, row) in attention(query, key, value, Some(&mask)).as_vec().chunks(2).enumerate() {
        println!("token {token} gets:  {row:.3?}");
    }
    // ANCHOR_END: by_hand
}
