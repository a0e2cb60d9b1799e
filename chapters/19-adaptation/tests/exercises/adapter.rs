//! The judge of `adapter`. With given slopes the loss is their product with the matrix that is used, number by
//! number: its gradients are taken by differences, which are exact since the loss is linear in each number.

#[cfg_attr(feature = "exercises", path = "../../exercises/adapter.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/adapter.rs")]
pub mod answer;
#[path = "../../exercises/wrong/adapter-first-rank-only.rs"]
mod first_rank_only;
#[path = "../../exercises/wrong/adapter-forgets-the-scale.rs"]
mod forgets_the_scale;
#[path = "../../exercises/wrong/adapter-overwrites.rs"]
mod overwrites;
#[path = "../../exercises/wrong/adapter-scales-one.rs"]
mod scales_one;
#[path = "../../exercises/wrong/adapter-swapped.rs"]
mod swapped;
#[path = "../../exercises/wrong/adapter-transposed.rs"]
mod transposed;

use crate::same::same;
use tensors::seeds;

type Matrix = Vec<Vec<f64>>;

fn random((rows, columns): (usize, usize), seed: u64) -> Matrix {
    let numbers = seeds::normal(&mut seeds::generator(seed), rows * columns, 1.0);
    numbers.chunks_exact(columns).map(|row| row.iter().copied().map(f64::from).collect()).collect()
}

/// The loss whose gradient by W + s B A is `slopes`.
fn loss(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> f64 {
    let mut loss = 0.0;
    for (i, row) in slopes.iter().enumerate() {
        for (j, slope) in row.iter().enumerate() {
            loss += slope * s * a.iter().enumerate().map(|(k, row)| b[i][k] * row[j]).sum::<f64>();
        }
    }
    loss
}

/// The gradient of `loss` by a matrix, by differences.
fn differences(at: &Matrix, loss: impl Fn(&Matrix) -> f64) -> Matrix {
    let mut slopes = at.clone();
    for (i, row) in at.iter().enumerate() {
        for (j, number) in row.iter().enumerate() {
            let with = |number: f64| {
                let mut moved = at.clone();
                moved[i][j] = number;
                loss(&moved)
            };
            slopes[i][j] = (with(number + 1.0) - with(number - 1.0)) / 2.0;
        }
    }
    slopes
}

fn judge(gradients: fn(&Matrix, &Matrix, f64, &Matrix) -> (Matrix, Matrix)) {
    // Rows, columns, rank, scale.
    for (out, inputs, rank, s) in [(2, 3, 1, 1.0), (3, 3, 2, 1.0), (2, 5, 2, 0.5), (4, 3, 3, -2.0)] {
        let (a, b) = (random((rank, inputs), 1), random((out, rank), 2));
        let slopes = random((out, inputs), 3);
        let (of_a, of_b) = gradients(&a, &b, s, &slopes);
        let here = format!("{out} rows, {inputs} columns, rank {rank}, s = {s}");
        for (name, own, expected) in [
            ("A", of_a, differences(&a, |a| loss(a, &b, s, &slopes))),
            ("B", of_b, differences(&b, |b| loss(&a, b, s, &slopes))),
        ] {
            let sizes =
                |matrix: &Matrix| matrix.iter().map(Vec::len).map(|size| size as f64).collect::<Vec<f64>>();
            same(
                &format!("{here}: how long the rows of the gradient by {name} are"),
                &sizes(&own),
                &sizes(&expected),
                0.0,
            );
            same(
                &format!("{here}: the gradient by {name}, row by row"),
                &own.concat(),
                &expected.concat(),
                1e-9,
            );
        }
    }
}

#[test]
fn adapter() {
    judge(answer::gradients);
}

#[test]
#[should_panic(expected = "rank 2, s = 0.5: the gradient by A, row by row")]
fn forgets_the_scale() {
    judge(forgets_the_scale::gradients);
}

#[test]
#[should_panic(expected = "rank 2, s = 0.5: the gradient by A, row by row")]
fn scales_one() {
    judge(scales_one::gradients);
}

#[test]
#[should_panic(expected = "rank 1, s = 1: how long the rows of the gradient by A are")]
fn swapped() {
    judge(swapped::gradients);
}

#[test]
#[should_panic(expected = "3 rows, 3 columns, rank 2, s = 1: the gradient by A, row by row")]
fn transposed() {
    judge(transposed::gradients);
}

#[test]
#[should_panic(expected = "rank 2, s = 1: the gradient by A, row by row: number 3 is 0,")]
fn first_rank_only() {
    judge(first_rank_only::gradients);
}

#[test]
#[should_panic(expected = "rank 1, s = 1: the gradient by A, row by row: number 0 is")]
fn overwrites() {
    judge(overwrites::gradients);
}
