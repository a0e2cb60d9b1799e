//! How the judges of the exercises compare lists of numbers.
//!
//! `zip` ends where the shorter list ends, so an empty answer would be a right one. Here the lengths
//! are compared first, and a number that is none (NaN) is never right.

use std::fmt::{Debug, Display};

/// Panics with a sentence that begins with `what` unless `own` has the numbers of `expected`, each to
/// within `tolerance`.
pub fn same<T: Copy + Debug + Display + Into<f64>>(what: &str, own: &[T], expected: &[T], tolerance: f64) {
    let (count, wanted) = (own.len(), expected.len());
    assert!(count == wanted, "{what}: {wanted} numbers are expected, {count} came: {own:?}");
    for (i, (&ours, &theirs)) in own.iter().zip(expected).enumerate() {
        assert!(
            (ours.into() - theirs.into()).abs() <= tolerance,
            "{what}: number {i} is {ours}, expected {theirs}\n  came:     {own:?}\n  expected: {expected:?}"
        );
    }
}
