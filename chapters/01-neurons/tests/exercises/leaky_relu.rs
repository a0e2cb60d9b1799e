//! The judge of `leaky_relu`.

#[cfg_attr(feature = "exercises", path = "../../exercises/leaky_relu.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/leaky_relu.rs")]
mod answer;
#[path = "../../exercises/wrong/leaky_relu-bent-up.rs"]
mod bent_up;
#[path = "../../exercises/wrong/leaky_relu-derivative-of-a-relu.rs"]
mod derivative_of_a_relu;
#[path = "../../exercises/wrong/leaky_relu-plain-relu.rs"]
mod plain_relu;
#[path = "../../exercises/wrong/leaky_relu-right-slope-at-zero.rs"]
mod right_slope_at_zero;

fn judge(leaky_relu: fn(f64) -> f64, derivative: fn(f64) -> f64) {
    for (x, expected) in [(3.0, 3.0), (0.5, 0.5), (0.0, 0.0), (-0.5, -0.005), (-2.0, -0.02)] {
        let own = leaky_relu(x);
        assert!((own - expected).abs() < 1e-15, "the leaky ReLU of {x} is {expected}, not {own}");
    }
    for x in [-2.0, -0.3, 0.4, 5.0] {
        let slope = (leaky_relu(x + 1e-6) - leaky_relu(x - 1e-6)) / 2e-6;
        let own = derivative(x);
        assert!((slope - own).abs() < 1e-6, "the slope at {x} is {slope:.2}, not {own}");
    }
    let own = derivative(0.0);
    assert!((own - 0.01).abs() < 1e-15, "at 0 the slope of the left side is asked for, 0.01, not {own}");
}

#[test]
fn leaky_relu() {
    judge(answer::leaky_relu, answer::leaky_relu_derivative);
}

#[test]
#[should_panic(expected = "at 0 the slope of the left side is asked for")]
fn right_slope_at_zero() {
    judge(right_slope_at_zero::leaky_relu, right_slope_at_zero::leaky_relu_derivative);
}

#[test]
#[should_panic(expected = "the leaky ReLU of -0.5 is -0.005, not 0")]
fn plain_relu() {
    judge(plain_relu::leaky_relu, plain_relu::leaky_relu_derivative);
}

#[test]
#[should_panic(expected = "the slope at -2 is 0.01, not 0")]
fn derivative_of_a_relu() {
    judge(derivative_of_a_relu::leaky_relu, derivative_of_a_relu::leaky_relu_derivative);
}

#[test]
#[should_panic(expected = "the leaky ReLU of -0.5 is -0.005, not 0.005")]
fn bent_up() {
    judge(bent_up::leaky_relu, bent_up::leaky_relu_derivative);
}
