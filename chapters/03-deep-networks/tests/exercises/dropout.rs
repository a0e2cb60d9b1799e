//! The judge of `dropout`.

#[cfg_attr(feature = "exercises", path = "../../exercises/dropout.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/dropout.rs")]
mod answer;
#[path = "../../exercises/wrong/dropout-counts-the-kept.rs"]
mod counts_the_kept;
#[path = "../../exercises/wrong/dropout-divides-by-p.rs"]
mod divides_by_p;
#[path = "../../exercises/wrong/dropout-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/dropout-removes.rs"]
mod removes;
#[path = "../../exercises/wrong/dropout-unscaled.rs"]
mod unscaled;

use crate::same::same;

fn judge(dropout: fn(&[f64], &[bool], f64) -> Vec<f64>) {
    let (x, kept) = ([1.0, 2.0, 3.0, 4.0], [true, false, true, true]);
    let what = "p = ¼, all but the second kept";
    same(what, &dropout(&x, &kept, 0.25), &[4.0 / 3.0, 0.0, 4.0, 16.0 / 3.0], 1e-12);
    // By chance more or fewer than the expected share are kept: the factor does not know.
    same("p = ½, all but the second kept", &dropout(&x, &kept, 0.5), &[2.0, 0.0, 6.0, 8.0], 1e-12);
    same("p = ½, none kept", &dropout(&x[..2], &[false, false], 0.5), &[0.0, 0.0], 0.0);
    same("p = 0, all kept", &dropout(&x[..2], &[true, true], 0.0), &[1.0, 2.0], 0.0);
}

#[test]
fn dropout() {
    judge(answer::dropout);
}

#[test]
#[should_panic(expected = "p = ¼, all but the second kept: number 0 is 1, expected 1.33")]
fn unscaled() {
    judge(unscaled::dropout);
}

#[test]
#[should_panic(expected = "p = ¼, all but the second kept: number 0 is 4")]
fn divides_by_p() {
    judge(divides_by_p::dropout);
}

#[test]
#[should_panic(expected = "p = ½, all but the second kept: number 0 is 1.33")]
fn counts_the_kept() {
    judge(counts_the_kept::dropout);
}

#[test]
#[should_panic(expected = "4 numbers are expected, 3 came")]
fn removes() {
    judge(removes::dropout);
}

#[test]
#[should_panic(expected = "4 numbers are expected, 0 came")]
fn empty() {
    judge(empty::dropout);
}
