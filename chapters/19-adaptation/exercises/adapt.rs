//! # Exercise: adapt
//!
//! Your weights and your gradients adapt a model. It is the smallest there is: row t of its matrix holds the scores of
//! every token as the one after token t. It was trained, and `w` stays as it is; used is `w` + s B A.
//!
//! `examples` are the tokens of prompt and answer, and how many of them are the prompt's. Take `steps` steps of gradient
//! descent on A and B, both at once, with the learning rate `rate`, each on all examples: on the mean loss −ln p of
//! the tokens of answers. Return the matrix that is used in the end, which needs no A and B any more.
//!
//! `weights` and `gradients` are your own of those exercises. The weights are those of a batch whose rows are as long as
//! the longest example needs.
//!
//! # Hints
//! - One step: the matrix that is used; its gradient; from it those of A and B; then both move.
//! - The gradient of −ln softmax by the scores you know from the chapter on neurons. Here the scores are a row of the matrix,
//!   and several targets may ask the same row.
//! - Where the weight is 0 there may be no token at all: look at the weight first.
#![allow(unused_variables)]

/// A matrix, row by row.
type Matrix = Vec<Vec<f64>>;

/// `w`, adapted: A and B as they begin, the scale s, the learning rate and how many steps.
pub fn adapt(
    w: &Matrix,
    (a, b): (Matrix, Matrix),
    (s, rate, steps): (f64, f64, usize),
    examples: &[(Vec<usize>, usize)],
    weights: fn(&[(usize, usize)]) -> Vec<f64>,
    gradients: fn(&Matrix, &Matrix, f64, &Matrix) -> (Matrix, Matrix),
) -> Matrix {
    todo!("steps of gradient descent on A and B")
}
