//! The judge of `xor_features`.

#[cfg_attr(feature = "exercises", path = "../../exercises/xor_features.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/xor_features.rs")]
mod answer;
#[path = "../../exercises/wrong/xor_features-distance.rs"]
mod distance;
#[path = "../../exercises/wrong/xor_features-label.rs"]
mod label;
#[path = "../../exercises/wrong/xor_features-product-alone.rs"]
mod product_alone;
#[path = "../../exercises/wrong/xor_features-unchanged.rs"]
mod unchanged;
#[path = "../../exercises/wrong/xor_features-weighted-sums.rs"]
mod weighted_sums;

use neurons::clouds::XOR;

fn judge(features: fn([f64; 2]) -> [f64; 2]) {
    let points = XOR.map(|(x, target)| (features(x), target));
    for i in 0..2 {
        // A feature of one value where XOR is 0 and of another where it is 1 has done all the work.
        let of =
            |class: f64| points.iter().filter(move |(_, target)| *target == class).map(move |(x, _)| x[i]);
        let all_equal = |class: f64| of(class).all(|value| Some(value) == of(class).next());
        let is_the_answer = all_equal(0.0) && all_equal(1.0) && of(0.0).next() != of(1.0).next();
        assert!(
            !is_the_answer,
            "number {i} is XOR itself: leave something for the neuron to do: {points:?}"
        );
    }
    let start = neurons::neuron::Neuron::default();
    let path = start.descend(&points, neurons::loss::cross_entropy_slope, 1.0, 20_000);
    let accuracy = path[20_000].accuracy(&points);
    assert!(accuracy == 1.0, "one neuron tells {accuracy} of these right, not all: {points:?}");
}

#[test]
fn xor_features() {
    judge(answer::features);
}

#[test]
#[should_panic(expected = "number 0 is XOR itself")]
fn label() {
    judge(label::features);
}

#[test]
#[should_panic(expected = "number 1 is XOR itself")]
fn distance() {
    judge(distance::features);
}

#[test]
#[should_panic(expected = "one neuron tells")]
fn unchanged() {
    judge(unchanged::features);
}

#[test]
#[should_panic(expected = "one neuron tells")]
fn weighted_sums() {
    judge(weighted_sums::features);
}

#[test]
#[should_panic(expected = "one neuron tells")]
fn product_alone() {
    judge(product_alone::features);
}
