//! The judge of the exercises. `cargo x exercises backprop` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/central_difference.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/central_difference.rs")]
mod central_difference;
#[cfg_attr(feature = "exercises", path = "../exercises/forward_mode.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/forward_mode.rs")]
mod forward_mode;
#[cfg_attr(feature = "exercises", path = "../exercises/sigmoid.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/sigmoid.rs")]
mod sigmoid;
#[cfg_attr(feature = "exercises", path = "../exercises/topological_order.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/topological_order.rs")]
mod topological_order;

use backprop::engine::Tape;

#[test]
fn sigmoid() {
    for z in [-3.0, -0.4, 0.0, 1.7] {
        let tape = Tape::default();
        let input = tape.value(z);
        let p = sigmoid::sigmoid(input);
        assert_eq!(tape.nodes().len(), 2, "the input and one more node");
        assert!((p.data - 1.0 / (1.0 + (-z).exp())).abs() < 1e-12, "σ({z})");
        let slope = p.backward().of(input);
        let composed = {
            let one = tape.value(1.0);
            (one / (one + (-input).exp())).backward().of(input)
        };
        assert!((slope - composed).abs() < 1e-12, "the slope at {z} is {composed}, not {slope}");
    }
}

#[test]
fn central_difference() {
    let f = |x: &[f64]| x[0] * x[1] + x[2].sin();
    let gradient = central_difference::gradient(f, &[2.0, -3.0, 0.5], 1e-5);
    for (ours, exact) in gradient.iter().zip([-3.0, 2.0, 0.5_f64.cos()]) {
        assert!((ours - exact).abs() < 1e-9, "{ours} should be {exact}");
    }
    assert_eq!(gradient.len(), 3);
}

#[test]
fn topological_order() {
    let graph = vec![vec![3, 1], vec![3], vec![0, 1], vec![], vec![2, 3], vec![]];
    let order = topological_order::topological_order(&graph);
    let place = |node: usize| order.iter().position(|n| *n == node).expect("every node is in the order");
    assert_eq!(order.len(), graph.len(), "every node once");
    for (node, inputs) in graph.iter().enumerate() {
        for &input in inputs {
            assert!(
                place(input) < place(node),
                "{input} is an input of {node} and must come first: {order:?}"
            );
        }
    }
}

#[test]
fn forward_mode() {
    use forward_mode::{Dual, multiply, tanh};
    // f = tanh(a b) a: both directions must agree.
    let (a, b) = (0.7, -1.3);
    let tape = Tape::default();
    let (ta, tb) = (tape.value(a), tape.value(b));
    let gradient = ((ta * tb).tanh() * ta).backward();
    for (by_a, by_b, expected) in [(1.0, 0.0, gradient.of(ta)), (0.0, 1.0, gradient.of(tb))] {
        let (a, b) = (Dual { value: a, slope: by_a }, Dual { value: b, slope: by_b });
        let f = multiply(tanh(multiply(a, b)), a);
        assert!((f.slope - expected).abs() < 1e-12, "{} should be {expected}", f.slope);
    }
}
