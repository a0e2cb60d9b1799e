//! One step of gradient descent, small enough to do with a pencil.

use neurons::loss::{cross_entropy, cross_entropy_slope};
use neurons::neuron::Neuron;

fn main() {
    // ANCHOR: step
    let point = ([2.0, 1.0], 1.0); // x = (2, 1), and the right answer is 1
    let mut neuron = Neuron { weights: [0.5, -1.0], bias: 0.0 };

    let p = neuron.predict(point.0); // σ(2 · 0.5 − 1 · 1) = σ(0) = ½
    println!("prediction {p}, loss {:.4}", cross_entropy(p, point.1));

    let gradient = neuron.gradient(&[point], cross_entropy_slope); // (p − t) · x = −½ · (2, 1)
    println!("gradient by the weights {:?}, by the bias {}", gradient.weights, gradient.bias);

    neuron.step(&gradient, 0.1);
    let p = neuron.predict(point.0);
    println!("weights {:?}, bias {}", neuron.weights, neuron.bias);
    println!("prediction {p:.4}, loss {:.4}", cross_entropy(p, point.1));
    // ANCHOR_END: step
}
