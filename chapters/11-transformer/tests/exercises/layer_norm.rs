//! The judge of `layer_norm`.

#[cfg_attr(feature = "exercises", path = "../../exercises/layer_norm.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/layer_norm.rs")]
mod answer;
#[path = "../../exercises/wrong/layer_norm-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/layer_norm-epsilon-outside.rs"]
mod epsilon_outside;
#[path = "../../exercises/wrong/layer_norm-one-number-less.rs"]
mod one_number_less;
#[path = "../../exercises/wrong/layer_norm-rms.rs"]
mod rms;
#[path = "../../exercises/wrong/layer_norm-without-epsilon.rs"]
mod without_epsilon;

use crate::same::same;

fn judge(layer_norm: fn(&[f64]) -> Vec<f64>) {
    same("[3, 7]: mean 5, deviation 2", &layer_norm(&[3.0, 7.0]), &[-1.0, 1.0], 1e-5);
    same("equal numbers must not divide by zero", &layer_norm(&[4.0; 3]), &[0.0; 3], 0.0);
    for x in [vec![1.0, 2.0, 4.0, 8.0, -5.0], vec![0.001, -0.001], vec![0.02, 0.05, 0.03]] {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / x.len() as f64;
        let expected: Vec<f64> = x.iter().map(|x| (x - mean) / (variance + 1e-5).sqrt()).collect();
        let what = format!("{x:?}: mean {mean:.4}, variance {variance:.3e} and 1e-5 more");
        same(&what, &layer_norm(&x), &expected, 1e-9);
    }
}

#[test]
fn layer_norm() {
    judge(answer::layer_norm);
}

#[test]
#[should_panic(expected = "equal numbers must not divide by zero")]
fn without_epsilon() {
    judge(without_epsilon::layer_norm);
}

#[test]
#[should_panic(expected = "[3, 7]: mean 5, deviation 2: number 0 is -0.7")]
fn one_number_less() {
    judge(one_number_less::layer_norm);
}

#[test]
#[should_panic(expected = "[3, 7]: mean 5, deviation 2: number 0 is 0.5")]
fn rms() {
    judge(rms::layer_norm);
}

#[test]
#[should_panic(expected = "and 1e-5 more: number 0 is")]
fn epsilon_outside() {
    judge(epsilon_outside::layer_norm);
}

#[test]
#[should_panic(expected = "[3, 7]: mean 5, deviation 2: 2 numbers are expected, 0 came")]
fn empty() {
    judge(empty::layer_norm);
}
