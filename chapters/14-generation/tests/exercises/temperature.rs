//! The judge of `temperature`.

#[cfg_attr(feature = "exercises", path = "../../exercises/temperature.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/temperature.rs")]
mod answer;
#[path = "../../exercises/wrong/temperature-divided-by-nothing.rs"]
mod divided_by_nothing;
#[path = "../../exercises/wrong/temperature-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/temperature-last-of-the-highest.rs"]
mod last_of_the_highest;
#[path = "../../exercises/wrong/temperature-multiplies.rs"]
mod multiplies;
#[path = "../../exercises/wrong/temperature-overflows.rs"]
mod overflows;
#[path = "../../exercises/wrong/temperature-shared-at-zero.rs"]
mod shared_at_zero;

use crate::same::same;

fn judge(probabilities: fn(&[f64], f64) -> Vec<f64>) {
    let scores = [8_f64.ln(), 4_f64.ln(), 2_f64.ln(), 2_f64.ln()];
    let at = |scores: &[f64], temperature: f64, expected: &[f64], what: &str| {
        same(
            &format!("temperature {temperature}: {what}"),
            &probabilities(scores, temperature),
            expected,
            1e-12,
        );
    };
    at(&scores, 1.0, &[0.5, 0.25, 0.125, 0.125], "8 to 4 to 2 to 2");
    at(
        &scores,
        0.5,
        &[64.0 / 88.0, 16.0 / 88.0, 4.0 / 88.0, 4.0 / 88.0],
        "the squares, 64 to 16 to 4 to 4",
    );
    let roots = [8_f64, 4.0, 2.0, 2.0].map(f64::sqrt);
    let sum: f64 = roots.iter().sum();
    at(&scores, 2.0, &roots.map(|root| root / sum), "the roots");
    at(&[1.0, 3.0, 3.0], 0.0, &[0.0, 1.0, 0.0], "the first of the highest gets all");
    at(&[1000.0, 1000.0], 0.1, &[0.5, 0.5], "scores of 1000 must not overflow");
    at(&[-1000.0, -1000.0], 0.1, &[0.5, 0.5], "nor very low ones divide by zero");
}

#[test]
fn temperature() {
    judge(answer::probabilities);
}

#[test]
#[should_panic(expected = "temperature 1: 8 to 4 to 2 to 2: 4 numbers are expected, 0 came")]
fn empty() {
    judge(empty::probabilities);
}

#[test]
#[should_panic(expected = "temperature 0.1: scores of 1000 must not overflow")]
fn overflows() {
    judge(overflows::probabilities);
}

#[test]
#[should_panic(expected = "temperature 0: the first of the highest gets all: number 1 is 0.5, expected 1")]
fn shared_at_zero() {
    judge(shared_at_zero::probabilities);
}

#[test]
#[should_panic(expected = "temperature 0.5: the squares, 64 to 16 to 4 to 4: number 0 is")]
fn multiplies() {
    judge(multiplies::probabilities);
}

#[test]
#[should_panic(expected = "temperature 0: the first of the highest gets all: number 1 is 0, expected 1")]
fn last_of_the_highest() {
    judge(last_of_the_highest::probabilities);
}

#[test]
#[should_panic(expected = "temperature 0: the first of the highest gets all: number 0 is")]
fn divided_by_nothing() {
    judge(divided_by_nothing::probabilities);
}
