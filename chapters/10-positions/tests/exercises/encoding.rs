//! The judge of `encoding`.

#[cfg_attr(feature = "exercises", path = "../../exercises/encoding.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/encoding.rs")]
mod answer;
#[path = "../../exercises/wrong/encoding-cosine-first.rs"]
mod cosine_first;
#[path = "../../exercises/wrong/encoding-in-halves.rs"]
mod in_halves;
#[path = "../../exercises/wrong/encoding-own-angle-each.rs"]
mod own_angle_each;
#[path = "../../exercises/wrong/encoding-size-six.rs"]
mod size_six;

use crate::same::same;
use positions::sinusoidal;

fn judge(encoding: fn(usize, usize, usize) -> f64) {
    for size in [6, 8, 2] {
        for position in [0, 1, 7, 1000] {
            let own: Vec<f64> = (0..size).map(|n| encoding(position, n, size)).collect();
            let what = format!("position {position} in {size} numbers");
            same(&what, &own, &sinusoidal::encoding(position, size), 1e-9);
        }
    }
}

#[test]
fn encoding() {
    judge(answer::encoding);
}

#[test]
#[should_panic(expected = "position 1 in 6 numbers: number 1 is")]
fn own_angle_each() {
    judge(own_angle_each::encoding);
}

#[test]
#[should_panic(expected = "position 0 in 6 numbers: number 0 is 1, expected 0")]
fn cosine_first() {
    judge(cosine_first::encoding);
}

#[test]
#[should_panic(expected = "position 0 in 6 numbers: number 1 is 0, expected 1")]
fn in_halves() {
    judge(in_halves::encoding);
}

#[test]
#[should_panic(expected = "position 1 in 8 numbers: number 2 is")]
fn size_six() {
    judge(size_six::encoding);
}
