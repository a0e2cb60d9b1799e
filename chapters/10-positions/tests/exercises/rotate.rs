//! The judge of `rotate`.

#[cfg_attr(feature = "exercises", path = "../../exercises/rotate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/rotate.rs")]
mod answer;
#[path = "../../exercises/wrong/rotate-backwards.rs"]
mod backwards;
#[path = "../../exercises/wrong/rotate-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/rotate-halves.rs"]
mod halves;
#[path = "../../exercises/wrong/rotate-one-after-the-other.rs"]
mod one_after_the_other;
#[path = "../../exercises/wrong/rotate-one-speed.rs"]
mod one_speed;
#[path = "../../exercises/wrong/rotate-size-four.rs"]
mod size_four;

use crate::same::same;
use dfdx::prelude::{Const, Cpu, TensorFromVec};

fn compare<const SIZE: usize>(rotate: fn(&[f64], usize) -> Vec<f64>, query: [f64; SIZE]) {
    let all = Cpu::default().tensor_from_vec(query.repeat(12), (1, 12, Const::<SIZE>));
    for (position, expected) in positions::rotate(all).as_vec().chunks(SIZE).enumerate() {
        let what = format!("the query {query:?} at position {position}");
        same(&what, &rotate(&query, position), expected, 1e-9);
    }
}

fn judge(rotate: fn(&[f64], usize) -> Vec<f64>) {
    compare(rotate, [0.3, -1.2, 0.8, 0.5]);
    compare(rotate, [1.0, 0.0, 0.0, 2.0, -0.7, 0.4]);
}

#[test]
fn rotate() {
    judge(answer::rotate);
}

#[test]
#[should_panic(expected = "the query [0.3, -1.2, 0.8, 0.5] at position 1: number 0 is")]
fn halves() {
    judge(halves::rotate);
}

#[test]
#[should_panic(expected = "the query [0.3, -1.2, 0.8, 0.5] at position 1: number 0 is")]
fn backwards() {
    judge(backwards::rotate);
}

#[test]
#[should_panic(expected = "the query [0.3, -1.2, 0.8, 0.5] at position 1: number 2 is")]
fn one_speed() {
    judge(one_speed::rotate);
}

#[test]
#[should_panic(expected = "the query [0.3, -1.2, 0.8, 0.5] at position 1: number 1 is")]
fn one_after_the_other() {
    judge(one_after_the_other::rotate);
}

#[test]
#[should_panic(expected = "the query [1.0, 0.0, 0.0, 2.0, -0.7, 0.4] at position 1: number 2 is")]
fn size_four() {
    judge(size_four::rotate);
}

#[test]
#[should_panic(expected = "4 numbers are expected, 0 came")]
fn empty() {
    judge(empty::rotate);
}
