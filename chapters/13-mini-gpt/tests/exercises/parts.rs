//! The judge of `parts`.

#[cfg_attr(feature = "exercises", path = "../../exercises/parts.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/parts.rs")]
mod answer;
#[path = "../../exercises/wrong/parts-clips-each-number.rs"]
mod clips_each_number;
#[path = "../../exercises/wrong/parts-clips-each-part.rs"]
mod clips_each_part;
#[path = "../../exercises/wrong/parts-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/parts-mean-of-means.rs"]
mod mean_of_means;
#[path = "../../exercises/wrong/parts-stretches-too.rs"]
mod stretches_too;

use crate::same::same;

type Gradient = fn(&[Vec<f64>], &[usize], f64) -> Vec<f64>;

fn judge(gradient: Gradient) {
    let two = [vec![3.0, 0.0], vec![0.0, 12.0]];
    same("parts of 2 and 1 rows: ⅔ and ⅓", &gradient(&two, &[2, 1], 100.0), &[2.0, 4.0], 1e-12);
    same("parts of 1 and 2 rows: ⅓ and ⅔", &gradient(&two, &[1, 2], 100.0), &[1.0, 8.0], 1e-12);
    let expected = [1.5, 6.0].map(|g| g / 38.25_f64.sqrt());
    same("(1.5, 6), shortened to the length 1", &gradient(&two, &[2, 2], 1.0), &expected, 1e-12);
    let three = [vec![4.0, 0.0, 2.0], vec![0.0, 4.0, 2.0], vec![0.0, 0.0, -4.0]];
    same("parts of 1, 2 and 1 rows", &gradient(&three, &[1, 2, 1], 9.0), &[1.0, 2.0, 0.5], 1e-12);
}

#[test]
fn parts() {
    judge(answer::gradient);
}

#[test]
#[should_panic(expected = "parts of 2 and 1 rows: ⅔ and ⅓: 2 numbers are expected, 0 came")]
fn empty() {
    judge(empty::gradient);
}

#[test]
#[should_panic(expected = "parts of 2 and 1 rows: ⅔ and ⅓: number 0 is 1.5, expected 2")]
fn mean_of_means() {
    judge(mean_of_means::gradient);
}

#[test]
#[should_panic(expected = "(1.5, 6), shortened to the length 1: number 0 is 0.5")]
fn clips_each_part() {
    judge(clips_each_part::gradient);
}

#[test]
#[should_panic(expected = "(1.5, 6), shortened to the length 1: number 0 is 1")]
fn clips_each_number() {
    judge(clips_each_number::gradient);
}

#[test]
#[should_panic(expected = "parts of 2 and 1 rows: ⅔ and ⅓: number 0 is 44.7")]
fn stretches_too() {
    judge(stretches_too::gradient);
}
