//! The judge of `sigmoid`.

#[cfg_attr(feature = "exercises", path = "../../exercises/sigmoid.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/sigmoid.rs")]
mod answer;
#[path = "../../exercises/wrong/sigmoid-other-way-round.rs"]
mod other_way_round;
#[path = "../../exercises/wrong/sigmoid-several-nodes.rs"]
mod several_nodes;
#[path = "../../exercises/wrong/sigmoid-slope-of-tanh.rs"]
mod slope_of_tanh;
#[path = "../../exercises/wrong/sigmoid-slope-of-z.rs"]
mod slope_of_z;

use backprop::engine::{Tape, Value};

fn judge(sigmoid: for<'a> fn(Value<'a>) -> Value<'a>) {
    for z in [-3.0, -0.4, 0.0, 1.7] {
        let tape = Tape::default();
        let input = tape.value(z);
        let p = sigmoid(input);
        let nodes = tape.nodes().len();
        assert!(nodes == 2, "the tape has {nodes} nodes: the input and one more are expected");
        let expected = 1.0 / (1.0 + (-z).exp());
        assert!((p.data - expected).abs() < 1e-12, "σ({z}) is {expected}, not {}", p.data);
        let slope = p.backward().of(input);
        let composed = {
            let one = tape.value(1.0);
            (one / (one + (-input).exp())).backward().of(input)
        };
        assert!((slope - composed).abs() < 1e-12, "the slope of σ at {z} is {composed}, not {slope}");
    }
}

#[test]
fn sigmoid() {
    judge(answer::sigmoid);
}

#[test]
#[should_panic(expected = "the tape has 6 nodes")]
fn several_nodes() {
    judge(several_nodes::sigmoid);
}

#[test]
#[should_panic(expected = "the slope of σ at -3 is")]
fn slope_of_z() {
    judge(slope_of_z::sigmoid);
}

#[test]
#[should_panic(expected = "the slope of σ at -3 is")]
fn slope_of_tanh() {
    judge(slope_of_tanh::sigmoid);
}

#[test]
#[should_panic(expected = "σ(-3) is 0.04")]
fn other_way_round() {
    judge(other_way_round::sigmoid);
}
