//! The judge of `hinge`.

#[cfg_attr(feature = "exercises", path = "../../exercises/hinge.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/hinge.rs")]
mod answer;
#[path = "../../exercises/wrong/hinge-never-content.rs"]
mod never_content;
#[path = "../../exercises/wrong/hinge-target-as-sign.rs"]
mod target_as_sign;
#[path = "../../exercises/wrong/hinge-uphill.rs"]
mod uphill;
#[path = "../../exercises/wrong/hinge-without-margin.rs"]
mod without_margin;

use neurons::neuron::Neuron;

fn judge(hinge_slope: fn(f64, f64) -> f64) {
    let loss = |z: f64, t: f64| (1.0 - (2.0 * t - 1.0) * z).max(0.0);
    for z in [-3.0, -0.5, 0.2, 0.9, 1.1, 4.0] {
        for t in [0.0, 1.0] {
            let slope = (loss(z + 1e-6, t) - loss(z - 1e-6, t)) / 2e-6;
            let own = hinge_slope(z, t);
            assert!(
                (slope - own).abs() < 1e-6,
                "at z = {z} with t = {t} the loss is {:.3} and its slope {slope:.0}, not {own}",
                loss(z, t)
            );
        }
    }
    let points = neurons::clouds::two_clouds(100, 0.5, 1);
    let mut neuron = Neuron::default();
    for _ in 0..100 {
        let mut gradient = Neuron::default();
        for (x, target) in &points {
            let z = neuron.weights[0] * x[0] + neuron.weights[1] * x[1] + neuron.bias;
            let slope = hinge_slope(z, *target) / points.len() as f64;
            gradient.weights[0] += slope * x[0];
            gradient.weights[1] += slope * x[1];
            gradient.bias += slope;
        }
        neuron.step(&gradient, 0.5);
    }
    let accuracy = neuron.accuracy(&points);
    assert!(accuracy > 0.95, "a hundred steps with this slope tell {accuracy} of the points right");
}

#[test]
fn hinge() {
    judge(answer::hinge_slope);
}

#[test]
#[should_panic(expected = "at z = -0.5 with t = 0 the loss is 0.500 and its slope 1, not 0")]
fn without_margin() {
    judge(without_margin::hinge_slope);
}

#[test]
#[should_panic(expected = "at z = -3 with t = 1 the loss is 4.000 and its slope -1, not 1")]
fn uphill() {
    judge(uphill::hinge_slope);
}

#[test]
#[should_panic(expected = "at z = -0.5 with t = 0 the loss is 0.500 and its slope 1, not -0")]
fn target_as_sign() {
    judge(target_as_sign::hinge_slope);
}

#[test]
#[should_panic(expected = "at z = -3 with t = 0 the loss is 0.000 and its slope 0, not 1")]
fn never_content() {
    judge(never_content::hinge_slope);
}
