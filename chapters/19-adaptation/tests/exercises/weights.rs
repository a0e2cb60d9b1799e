//! The judge of `weights`.

#[path = "../../exercises/wrong/weights-a-place-too-many.rs"]
mod a_place_too_many;
#[path = "../../exercises/wrong/weights-a-sum.rs"]
mod a_sum;
#[cfg_attr(feature = "exercises", path = "../../exercises/weights.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/weights.rs")]
pub mod answer;
#[path = "../../exercises/wrong/weights-asks-the-filling.rs"]
mod asks_the_filling;
#[path = "../../exercises/wrong/weights-asks-the-prompt.rs"]
mod asks_the_prompt;
#[path = "../../exercises/wrong/weights-by-example.rs"]
mod by_example;
#[path = "../../exercises/wrong/weights-one-late.rs"]
mod one_late;

use crate::same::same;

fn judge(weights: fn(&[(usize, usize)]) -> Vec<f64>) {
    let at = |examples: &[(usize, usize)], expected: &[f64], why: &str| {
        let what = format!("prompts and answers of {examples:?} tokens: {why}");
        same(&what, &weights(examples), expected, 1e-12);
    };
    // Tokens p q a b: read are p q a, targets are q a b.
    at(
        &[(2, 2)],
        &[0.0, 0.5, 0.5],
        "the first token of the answer is a target, those of the prompt count nothing",
    );
    at(&[(1, 4)], &[0.25; 4], "after a prompt of one token every target is of the answer");
    at(&[(3, 1)], &[0.0, 0.0, 1.0], "an answer of one token");
    at(
        &[(2, 1), (1, 4)],
        &[0.0, 0.2, 0.0, 0.0, 0.2, 0.2, 0.2, 0.2],
        "each of five tokens counts alike, and what fills a row counts nothing",
    );
    at(
        &[(1, 1), (4, 2), (2, 1)],
        &[0.25, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.25, 0.25, 0.0, 0.25, 0.0, 0.0, 0.0],
        "three rows, as long as the second needs",
    );
    at(&[], &[], "no examples");
}

#[test]
fn weights() {
    judge(answer::weights);
}

#[test]
#[should_panic(
    expected = "the first token of the answer is a target, those of the prompt count nothing: number 1 is 0,"
)]
fn one_late() {
    judge(one_late::weights);
}

#[test]
#[should_panic(
    expected = "each of five tokens counts alike, and what fills a row counts nothing: number 1 is 0.5,"
)]
fn by_example() {
    judge(by_example::weights);
}

#[test]
#[should_panic(expected = "and what fills a row counts nothing: number 1 is 0.14")]
fn asks_the_filling() {
    judge(asks_the_filling::weights);
}

#[test]
#[should_panic(expected = "those of the prompt count nothing: number 0 is 0.33")]
fn asks_the_prompt() {
    judge(asks_the_prompt::weights);
}

#[test]
#[should_panic(expected = "those of the prompt count nothing: number 1 is 1, expected 0.5")]
fn a_sum() {
    judge(a_sum::weights);
}

#[test]
#[should_panic(expected = "those of the prompt count nothing: 3 numbers are expected, 4 came")]
fn a_place_too_many() {
    judge(a_place_too_many::weights);
}
