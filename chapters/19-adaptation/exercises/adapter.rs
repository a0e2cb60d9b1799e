//! # Exercise: adapter
//!
//! A matrix W has been learned and stays as it is. Used is the matrix W + s B A, where B has few columns, A as many
//! rows, and s is a number. What is learned are A and B.
//!
//! Somebody has computed `slopes`, the gradient of a loss by the matrix that is used: a row for each of its rows.
//! Return the gradients of the same loss by A and by B, each in the shape of its matrix. Matrices are lists of rows.
//!
//! # Hints
//! - Write one number of s B A as a sum. Which numbers of the product does one number of A reach?
//! - By the chain rule a number's gradient is the sum, over all that it reaches, of their gradients times what it
//!   is multiplied with on the way.
//! - Check the shapes: only one order of the factors fits if the matrix is not square.
#![allow(unused_variables)]

/// A matrix, row by row.
type Matrix = Vec<Vec<f64>>;

/// The gradients by A and by B.
pub fn gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    todo!("from the gradient of the product to those of its factors")
}
