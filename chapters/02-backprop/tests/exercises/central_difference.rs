//! The judge of `central_difference`.

#[path = "../../exercises/wrong/central_difference-all-at-once.rs"]
mod all_at_once;
#[cfg_attr(feature = "exercises", path = "../../exercises/central_difference.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/central_difference.rs")]
mod answer;
#[path = "../../exercises/wrong/central_difference-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/central_difference-forward.rs"]
mod forward;
#[path = "../../exercises/wrong/central_difference-one-h.rs"]
mod one_h;
#[path = "../../exercises/wrong/central_difference-own-step.rs"]
mod own_step;
#[path = "../../exercises/wrong/central_difference-three-only.rs"]
mod three_only;

use crate::same::same;

type Function = fn(&[f64]) -> f64;

fn judge(gradient: fn(Function, &[f64], f64) -> Vec<f64>) {
    let found = gradient(|x| x[0] * x[1] + x[2].sin(), &[2.0, -3.0, 0.5], 1e-5);
    same("x₀ x₁ + sin x₂ at (2, −3, 0.5)", &found, &[-3.0, 2.0, 0.5_f64.cos()], 1e-9);
    let found = gradient(|x| x[0] - 2.0 * x[1], &[0.3, 0.7], 1e-5);
    same("x₀ − 2 x₁, two numbers", &found, &[1.0, -2.0], 1e-9);
    // ((x + h)³ − (x − h)³) / 2h = 3x² + h².
    let found = gradient(|x| x[0].powi(3), &[2.0], 0.5);
    same("x³ at 2 with the step ½, where the quotient is 3x² + h²", &found, &[12.25], 1e-9);
}

#[test]
fn central_difference() {
    judge(answer::gradient);
}

#[test]
#[should_panic(expected = "x₀ x₁ + sin x₂ at (2, −3, 0.5): number 2 is")]
fn forward() {
    judge(forward::gradient);
}

#[test]
#[should_panic(expected = "number 0 is -6")]
fn one_h() {
    judge(one_h::gradient);
}

#[test]
#[should_panic(expected = "x₀ x₁ + sin x₂ at (2, −3, 0.5): number 0 is")]
fn all_at_once() {
    judge(all_at_once::gradient);
}

#[test]
#[should_panic(expected = "with the step ½, where the quotient is 3x² + h²: number 0 is")]
fn own_step() {
    judge(own_step::gradient);
}

#[test]
#[should_panic(expected = "3 numbers are expected, 0 came")]
fn empty() {
    judge(empty::gradient);
}

#[test]
#[should_panic(expected = "x₀ − 2 x₁, two numbers: 2 numbers are expected, 3 came")]
fn three_only() {
    judge(three_only::gradient);
}
