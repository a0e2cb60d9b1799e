//! The judge of `adapt`. The answer is judged with the reader's own `weights` and `gradients`, wrong answers with the
//! book's.

#[cfg_attr(feature = "exercises", path = "../../exercises/adapt.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/adapt.rs")]
mod answer;
#[path = "../../exercises/wrong/adapt-full.rs"]
mod full;
#[path = "../../exercises/wrong/adapt-ignores-weights.rs"]
mod ignores_weights;
#[path = "../../exercises/wrong/adapt-no-change.rs"]
mod no_change;
#[path = "../../exercises/wrong/adapt-of-the-old-model.rs"]
mod of_the_old_model;
#[path = "../../exercises/wrong/adapt-one-after-the-other.rs"]
mod one_after_the_other;
#[path = "../../exercises/wrong/adapt-one-row-for-all.rs"]
mod one_row_for_all;
#[path = "../../exercises/wrong/adapt-uphill.rs"]
mod uphill;

use super::adapter::answer::gradients as own_gradients;
use super::weights::answer::weights as own_weights;
use crate::same::same;
use tensors::seeds;

type Matrix = Vec<Vec<f64>>;
type Weights = fn(&[(usize, usize)]) -> Vec<f64>;
type Gradients = fn(&Matrix, &Matrix, f64, &Matrix) -> (Matrix, Matrix);
type Adapt =
    fn(&Matrix, (Matrix, Matrix), (f64, f64, usize), &[(Vec<usize>, usize)], Weights, Gradients) -> Matrix;

const TOKENS: usize = 5;

fn random((rows, columns): (usize, usize), seed: u64) -> Matrix {
    let numbers = seeds::normal(&mut seeds::generator(seed), rows * columns, 0.7);
    numbers.chunks_exact(columns).map(|row| row.iter().copied().map(f64::from).collect()).collect()
}

fn used(w: &Matrix, a: &Matrix, b: &Matrix, s: f64) -> Matrix {
    let mut used = w.clone();
    for (i, row) in used.iter_mut().enumerate() {
        for (j, number) in row.iter_mut().enumerate() {
            *number += s * (0..a.len()).map(|k| b[i][k] * a[k][j]).sum::<f64>();
        }
    }
    used
}

/// The mean loss of the tokens of answers.
fn loss(matrix: &Matrix, examples: &[(Vec<usize>, usize)]) -> f64 {
    let mut losses = Vec::new();
    for (tokens, prompt) in examples {
        for place in *prompt..tokens.len() {
            let scores = &matrix[tokens[place - 1]];
            losses.push(scores.iter().map(|score| score.exp()).sum::<f64>().ln() - scores[tokens[place]]);
        }
    }
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// Gradient descent by central differences of the loss by every number of A and B.
fn by_differences(
    w: &Matrix,
    (mut a, mut b): (Matrix, Matrix),
    (s, rate, steps): (f64, f64, usize),
    examples: &[(Vec<usize>, usize)],
) -> Matrix {
    const H: f64 = 1e-5;
    for _ in 0..steps {
        let (before_a, before_b) = (a.clone(), b.clone());
        for (i, row) in a.iter_mut().enumerate() {
            for (j, number) in row.iter_mut().enumerate() {
                let at = |moved: f64| {
                    let mut a = before_a.clone();
                    a[i][j] += moved;
                    loss(&used(w, &a, &before_b, s), examples)
                };
                *number -= rate * (at(H) - at(-H)) / (2.0 * H);
            }
        }
        for (i, row) in b.iter_mut().enumerate() {
            for (j, number) in row.iter_mut().enumerate() {
                let at = |moved: f64| {
                    let mut b = before_b.clone();
                    b[i][j] += moved;
                    loss(&used(w, &before_a, &b, s), examples)
                };
                *number -= rate * (at(H) - at(-H)) / (2.0 * H);
            }
        }
    }
    used(w, &a, &b, s)
}

/// The book's own weights.
fn book_weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let all: usize = examples.iter().map(|(_, answer)| answer).sum();
    let weight = |is_asked: bool| if is_asked { 1.0 / all as f64 } else { 0.0 };
    let row = |&(prompt, answer): &(usize, usize)| {
        (1..longest).map(move |token| weight(token >= prompt && token < prompt + answer))
    };
    examples.iter().flat_map(row).collect()
}

/// The book's own gradients.
fn book_gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    let of_a = |k: usize| {
        (0..a[k].len()).map(|j| (0..b.len()).map(|i| s * b[i][k] * slopes[i][j]).sum()).collect()
    };
    let of_b =
        |i: usize| a.iter().map(|row| (0..row.len()).map(|j| s * row[j] * slopes[i][j]).sum()).collect();
    ((0..a.len()).map(of_a).collect(), (0..b.len()).map(of_b).collect())
}

fn judge(adapt: Adapt, weights: Weights, gradients: Gradients) {
    let w = random((TOKENS, TOKENS), 1);
    let one = vec![(vec![0, 1, 2, 3], 2)];
    let several = vec![(vec![0, 1, 2], 2), (vec![3, 4, 4, 1, 0, 2], 3), (vec![2, 0, 4], 1)];
    for (examples, rank, (s, rate, steps), what) in [
        (&one, 1, (1.0, 0.1, 0), "no step: what A and B say already is in the matrix"),
        (&one, 1, (1.0, 0.1, 1), "a step on one example"),
        (&several, 2, (1.0, 0.1, 1), "a step on three examples"),
        (&several, 2, (2.0, 0.3, 5), "five steps"),
        (&several, 3, (0.5, 1.0, 4), "four steps at rank 3"),
    ] {
        let start = (random((rank, TOKENS), 2), random((TOKENS, rank), 3));
        let found = adapt(&w, start.clone(), (s, rate, steps), examples, weights, gradients);
        let expected = by_differences(&w, start, (s, rate, steps), examples);
        same(what, &found.concat(), &expected.concat(), 1e-6);
    }
}

#[test]
fn adapt() {
    judge(answer::adapt, own_weights, own_gradients);
}

#[test]
#[should_panic(expected = "a step on one example: number")]
fn one_after_the_other() {
    judge(one_after_the_other::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "a step on one example: number")]
fn of_the_old_model() {
    judge(of_the_old_model::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "a step on one example: number")]
fn ignores_weights() {
    judge(ignores_weights::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "a step on one example: number")]
fn full() {
    judge(full::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "a step on three examples: number")]
fn one_row_for_all() {
    judge(one_row_for_all::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "a step on one example: number")]
fn uphill() {
    judge(uphill::adapt, book_weights, book_gradients);
}

#[test]
#[should_panic(expected = "no step: what A and B say already is in the matrix: number")]
fn no_change() {
    judge(no_change::adapt, book_weights, book_gradients);
}
