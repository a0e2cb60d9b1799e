//! The judge of the exercises. `cargo x exercises neurons` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/hinge.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/hinge.rs")]
mod hinge;
#[cfg_attr(feature = "exercises", path = "../exercises/leaky_relu.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/leaky_relu.rs")]
mod leaky_relu;
#[cfg_attr(feature = "exercises", path = "../exercises/nor.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/nor.rs")]
mod nor;
#[cfg_attr(feature = "exercises", path = "../exercises/xor_features.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/xor_features.rs")]
mod xor_features;

#[test]
fn nor() {
    let unit = nor::nor();
    let outputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]].map(|x| unit.fire(x));
    assert_eq!(outputs, [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn leaky_relu() {
    use leaky_relu::{leaky_relu, leaky_relu_derivative};
    assert_eq!((leaky_relu(3.0), leaky_relu(-2.0)), (3.0, -0.02));
    for x in [-2.0, -0.3, 0.4, 5.0] {
        let slope = (leaky_relu(x + 1e-6) - leaky_relu(x - 1e-6)) / 2e-6;
        assert!((slope - leaky_relu_derivative(x)).abs() < 1e-6, "the slope at {x} is {slope}");
    }
}

#[test]
fn hinge() {
    let loss = |z: f64, t: f64| (1.0 - (2.0 * t - 1.0) * z).max(0.0);
    for z in [-3.0, -0.5, 0.2, 0.9, 1.1, 4.0] {
        for t in [0.0, 1.0] {
            let slope = (loss(z + 1e-6, t) - loss(z - 1e-6, t)) / 2e-6;
            assert!(
                (slope - hinge::hinge_slope(z, t)).abs() < 1e-6,
                "the slope at z = {z} for t = {t} is {slope}"
            );
        }
    }
    let points = neurons::clouds::two_clouds(100, 0.5, 1);
    // The neuron hands the slope its prediction; the sum before the sigmoid is ln(p / (1 − p)).
    let by_prediction = |p: f64, t: f64| hinge::hinge_slope((p / (1.0 - p)).ln(), t);
    let path = neurons::neuron::Neuron::default().descend(&points, by_prediction, 0.5, 100);
    assert!(path[100].accuracy(&points) > 0.95);
}

#[test]
fn xor_features() {
    let points = neurons::clouds::XOR.map(|(x, target)| (xor_features::features(x), target));
    let start = neurons::neuron::Neuron::default();
    let path = start.descend(&points, neurons::loss::cross_entropy_slope, 1.0, 20_000);
    assert_eq!(path[20_000].accuracy(&points), 1.0, "one neuron cannot learn XOR from {points:?}");
}
