//! The judge of `tf_idf`.

#[path = "../../exercises/wrong/tf_idf-all-occurrences.rs"]
mod all_occurrences;
#[cfg_attr(feature = "exercises", path = "../../exercises/tf_idf.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/tf_idf.rs")]
mod answer;
#[path = "../../exercises/wrong/tf_idf-divides-by-zero.rs"]
mod divides_by_zero;
#[path = "../../exercises/wrong/tf_idf-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/tf_idf-plus-one.rs"]
mod plus_one;
#[path = "../../exercises/wrong/tf_idf-there-or-not.rs"]
mod there_or_not;

use crate::same::same;

fn judge(tf_idf: fn(&[Vec<usize>], usize) -> Vec<f64>) {
    let documents = [vec![0, 1, 1], vec![0, 2], vec![0]];
    same("a word that every document has says nothing", &tf_idf(&documents, 0), &[0.0; 3], 1e-12);
    let expected = [2.0 * 3_f64.ln(), 0.0, 0.0];
    same("twice in one of three documents: 2 ln 3", &tf_idf(&documents, 1), &expected, 1e-12);
    let what = "a word that no document has must not divide by zero";
    same(what, &tf_idf(&documents, 7), &[0.0; 3], 0.0);
    let documents = [vec![5, 5, 5], vec![4, 5], vec![4], vec![4, 6]];
    let expected = [3.0 * 2_f64.ln(), 2_f64.ln(), 0.0, 0.0];
    same("in two of four documents, three times and once", &tf_idf(&documents, 5), &expected, 1e-12);
}

#[test]
fn tf_idf() {
    judge(answer::tf_idf);
}

#[test]
#[should_panic(expected = "a word that no document has must not divide by zero")]
fn divides_by_zero() {
    judge(divides_by_zero::tf_idf);
}

#[test]
#[should_panic(expected = "twice in one of three documents: 2 ln 3: number 0 is 1.09")]
fn there_or_not() {
    judge(there_or_not::tf_idf);
}

#[test]
#[should_panic(expected = "twice in one of three documents: 2 ln 3: number 0 is 0.81")]
fn all_occurrences() {
    judge(all_occurrences::tf_idf);
}

#[test]
#[should_panic(expected = "a word that every document has says nothing")]
fn plus_one() {
    judge(plus_one::tf_idf);
}

#[test]
#[should_panic(expected = "3 numbers are expected, 0 came")]
fn empty() {
    judge(empty::tf_idf);
}
