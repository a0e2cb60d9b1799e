//! The judge of `add_k`.

#[path = "../../exercises/wrong/add_k-adds-one.rs"]
mod adds_one;
#[cfg_attr(feature = "exercises", path = "../../exercises/add_k.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/add_k.rs")]
mod answer;
#[path = "../../exercises/wrong/add_k-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/add_k-for-the-unseen-only.rs"]
mod for_the_unseen_only;
#[path = "../../exercises/wrong/add_k-k-once.rs"]
mod k_once;
#[path = "../../exercises/wrong/add_k-three-tokens.rs"]
mod three_tokens;

use crate::same::same;

fn judge(add_k: fn(&[u32], f64) -> Vec<f64>) {
    same("counts 3, 1, 0 with k = 1", &add_k(&[3, 1, 0], 1.0), &[4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0], 1e-12);
    same(
        "counts 3, 1, 0 with k = ½",
        &add_k(&[3, 1, 0], 0.5),
        &[7.0 / 11.0, 3.0 / 11.0, 1.0 / 11.0],
        1e-12,
    );
    same("counts 2, 0 with k = 3", &add_k(&[2, 0], 3.0), &[5.0 / 8.0, 3.0 / 8.0], 1e-12);
    same("nothing seen, k = ½", &add_k(&[0, 0], 0.5), &[0.5, 0.5], 1e-12);
}

#[test]
fn add_k() {
    judge(answer::add_k);
}

#[test]
#[should_panic(expected = "counts 3, 1, 0 with k = ½: number 0 is 0.57")]
fn adds_one() {
    judge(adds_one::add_k);
}

#[test]
#[should_panic(expected = "counts 3, 1, 0 with k = 1: number 0 is 0.8")]
fn k_once() {
    judge(k_once::add_k);
}

#[test]
#[should_panic(expected = "counts 3, 1, 0 with k = 1: number 0 is 0.6")]
fn for_the_unseen_only() {
    judge(for_the_unseen_only::add_k);
}

#[test]
#[should_panic(expected = "counts 2, 0 with k = 3: number 0 is 0.45")]
fn three_tokens() {
    judge(three_tokens::add_k);
}

#[test]
#[should_panic(expected = "3 numbers are expected, 0 came")]
fn empty() {
    judge(empty::add_k);
}
