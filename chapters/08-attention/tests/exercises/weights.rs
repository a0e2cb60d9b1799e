//! The judge of `weights`.

#[cfg_attr(feature = "exercises", path = "../../exercises/weights.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/weights.rs")]
mod answer;
#[path = "../../exercises/wrong/weights-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/weights-fits-size-two.rs"]
mod fits_size_two;
#[path = "../../exercises/wrong/weights-not-normalised.rs"]
mod not_normalised;
#[path = "../../exercises/wrong/weights-overflows.rs"]
mod overflows;
#[path = "../../exercises/wrong/weights-subtracts-zero.rs"]
mod subtracts_zero;
#[path = "../../exercises/wrong/weights-unscaled.rs"]
mod unscaled;

use crate::same::same;

fn judge(weights: fn(&[f64], &[Vec<f64>]) -> Vec<f64>) {
    let power = 2_f64.sqrt().exp(); // a score of 2 / √2
    let found = weights(&[2.0, 0.0], &[vec![1.0, 0.0], vec![0.0, 1.0], vec![1.0, 1.0]]);
    let sum: f64 = found.iter().sum();
    assert!(found.len() != 3 || (sum - 1.0).abs() < 1e-12, "the weights must sum to 1, not to {sum}");
    let expected = [power, 1.0, power].map(|p| p / (2.0 * power + 1.0));
    same("query [2, 0]: scores are divided by the root of the query's size", &found, &expected, 1e-12);
    let found = weights(&[2.0, 0.0, 0.0, 0.0], &[vec![1.0, 0.0, 0.0, 0.0], vec![0.0; 4]]);
    let power = 1_f64.exp();
    let expected = [power, 1.0].map(|p| p / (power + 1.0));
    same("a query of four numbers: scores are divided by √4", &found, &expected, 1e-12);
    let found = weights(&[1e4], &[vec![1.0], vec![0.0]]);
    same("scores of 10,000 and 0: e^10000 must not be computed", &found, &[1.0, 0.0], 0.0);
    let found = weights(&[1e4], &[vec![-1.0], vec![-1.0]]);
    same("two scores of −10,000: 0 must not be divided by 0", &found, &[0.5, 0.5], 0.0);
}

#[test]
fn weights() {
    judge(answer::weights);
}

#[test]
#[should_panic(expected = "scores of 10,000 and 0: e^10000 must not be computed")]
fn overflows() {
    judge(overflows::weights);
}

#[test]
#[should_panic(expected = "two scores of −10,000: 0 must not be divided by 0")]
fn subtracts_zero() {
    judge(subtracts_zero::weights);
}

#[test]
#[should_panic(expected = "divided by the root of the query's size")]
fn unscaled() {
    judge(unscaled::weights);
}

#[test]
#[should_panic(expected = "a query of four numbers: scores are divided by √4")]
fn fits_size_two() {
    judge(fits_size_two::weights);
}

#[test]
#[should_panic(expected = "the weights must sum to 1")]
fn not_normalised() {
    judge(not_normalised::weights);
}

#[test]
#[should_panic(expected = "3 numbers are expected, 0 came")]
fn empty() {
    judge(empty::weights);
}
