//! The judge of `shift`.

#[cfg_attr(feature = "exercises", path = "../../exercises/shift.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/shift.rs")]
mod answer;
#[path = "../../exercises/wrong/shift-backwards.rs"]
mod backwards;
#[path = "../../exercises/wrong/shift-from-the-beginning.rs"]
mod from_the_beginning;
#[path = "../../exercises/wrong/shift-one-speed.rs"]
mod one_speed;
#[path = "../../exercises/wrong/shift-size-eight.rs"]
mod size_eight;
#[path = "../../exercises/wrong/shift-unmoved.rs"]
mod unmoved;

use crate::same::same;
use positions::sinusoidal;

fn judge(shift: fn(&[f64], usize) -> Vec<f64>) {
    for (position, by, size) in [(0, 0, 8), (0, 5, 8), (3, 1, 8), (100, 37, 8), (2, 9, 6)] {
        same(
            &format!("from position {position}, {by} later, in {size} numbers"),
            &shift(&sinusoidal::encoding(position, size), by),
            &sinusoidal::encoding(position + by, size),
            1e-9,
        );
    }
}

#[test]
fn shift() {
    judge(answer::shift);
}

#[test]
#[should_panic(expected = "from position 0, 5 later, in 8 numbers: number 0 is")]
fn backwards() {
    judge(backwards::shift);
}

#[test]
#[should_panic(expected = "from position 3, 1 later, in 8 numbers: number 0 is")]
fn from_the_beginning() {
    judge(from_the_beginning::shift);
}

#[test]
#[should_panic(expected = "from position 0, 5 later, in 8 numbers: number 2 is")]
fn one_speed() {
    judge(one_speed::shift);
}

#[test]
#[should_panic(expected = "from position 2, 9 later, in 6 numbers: number 2 is")]
fn size_eight() {
    judge(size_eight::shift);
}

#[test]
#[should_panic(expected = "from position 0, 5 later, in 8 numbers: number 0 is")]
fn unmoved() {
    judge(unmoved::shift);
}
