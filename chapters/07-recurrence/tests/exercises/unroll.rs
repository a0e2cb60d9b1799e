//! The judge of `unroll`.

#[cfg_attr(feature = "exercises", path = "../../exercises/unroll.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/unroll.rs")]
mod answer;
#[path = "../../exercises/wrong/unroll-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/unroll-last-only.rs"]
mod last_only;
#[path = "../../exercises/wrong/unroll-no-bias.rs"]
mod no_bias;
#[path = "../../exercises/wrong/unroll-no-memory.rs"]
mod no_memory;
#[path = "../../exercises/wrong/unroll-unbent-memory.rs"]
mod unbent_memory;
#[path = "../../exercises/wrong/unroll-with-the-first-zero.rs"]
mod with_the_first_zero;

use crate::same::same;

fn judge(unroll: fn(&[f64], f64, f64, f64) -> Vec<f64>) {
    same("no inputs", &unroll(&[], 1.0, 1.0, 1.0), &[], 0.0);
    for (inputs, w, u, b) in
        [(vec![1.0, 0.0, -0.5], 0.8, 0.5, 0.1), (vec![0.2, 0.2, 0.2, 0.2], -1.5, 0.9, -0.3)]
    {
        let (mut h, mut expected) = (0.0, Vec::new());
        for x in &inputs {
            h = f64::tanh(w * x + u * h + b);
            expected.push(h);
        }
        let what = format!("h after each of {inputs:?}, with w = {w}, u = {u}, b = {b}");
        same(&what, &unroll(&inputs, w, u, b), &expected, 1e-12);
    }
}

#[test]
fn unroll() {
    judge(answer::unroll);
}

#[test]
#[should_panic(expected = "h after each of [1.0, 0.0, -0.5], with w = 0.8, u = 0.5, b = 0.1: number 0 is")]
fn no_bias() {
    judge(no_bias::unroll);
}

#[test]
#[should_panic(expected = "b = 0.1: number 1 is")]
fn no_memory() {
    judge(no_memory::unroll);
}

#[test]
#[should_panic(expected = "3 numbers are expected, 1 came")]
fn last_only() {
    judge(last_only::unroll);
}

#[test]
#[should_panic(expected = "no inputs: 0 numbers are expected, 1 came")]
fn with_the_first_zero() {
    judge(with_the_first_zero::unroll);
}

#[test]
#[should_panic(expected = "b = 0.1: number 1 is")]
fn unbent_memory() {
    judge(unbent_memory::unroll);
}

#[test]
#[should_panic(expected = "u = 0.5, b = 0.1: 3 numbers are expected, 0 came")]
fn empty() {
    judge(empty::unroll);
}
