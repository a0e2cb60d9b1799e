//! The judge of `transpose`.

#[cfg_attr(feature = "exercises", path = "../../exercises/transpose.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/transpose.rs")]
mod answer;
#[path = "../../exercises/wrong/transpose-as-it-is.rs"]
mod as_it_is;
#[path = "../../exercises/wrong/transpose-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/transpose-other-stride.rs"]
mod other_stride;
#[path = "../../exercises/wrong/transpose-two-by-three.rs"]
mod two_by_three;

use crate::same::same;

fn judge(transposed: fn(&[f32], usize, usize) -> Vec<f32>) {
    for (inputs, outputs) in [(2, 3), (3, 3), (4, 2), (1, 5)] {
        // Each number says where it is in the file: 10 for the row, 1 for the column.
        let stored: Vec<f32> =
            (0..inputs).flat_map(|i| (0..outputs).map(move |o| (10 * i + o) as f32)).collect();
        let expected: Vec<f32> =
            (0..outputs).flat_map(|o| (0..inputs).map(move |i| (10 * i + o) as f32)).collect();
        let what = format!("{inputs} inputs, {outputs} outputs (number 12 is row 1, column 2 of the file)");
        same(&what, &transposed(&stored, inputs, outputs), &expected, 0.0);
    }
}

#[test]
fn transpose() {
    judge(answer::transposed);
}

#[test]
#[should_panic(
    expected = "2 inputs, 3 outputs (number 12 is row 1, column 2 of the file): number 1 is 1, expected 10"
)]
fn as_it_is() {
    judge(as_it_is::transposed);
}

#[test]
#[should_panic(
    expected = "2 inputs, 3 outputs (number 12 is row 1, column 2 of the file): number 1 is 2, expected 10"
)]
fn other_stride() {
    judge(other_stride::transposed);
}

#[test]
#[should_panic(expected = "(number 12 is row 1, column 2 of the file): 9 numbers are expected, 6 came")]
fn two_by_three() {
    judge(two_by_three::transposed);
}

#[test]
#[should_panic(expected = "6 numbers are expected, 0 came")]
fn empty() {
    judge(empty::transposed);
}
