//! # Exercise: slow sum
//!
//! This adds up the columns of a matrix: the bias gradient of a linear layer. The result is right,
//! and on a large matrix it takes many times as long as it needs to. Find out why, and mend it. The
//! judge counts how often the program jumps in memory: `matrix` tells it which number is read, in
//! the order of reading. And predict how often it has to be: how many lines of sixteen numbers does
//! the matrix fill?
//!
//! # Hints
//! - Numbers of one row lie side by side, and memory comes in lines of sixteen. What does the inner
//!   loop walk along?
//! - Rows do not begin a new line each: the matrix is one long list.
#![allow(unused_variables)]

/// A matrix of `f32`, row after row, that can be read one number at a time.
pub trait Numbers {
    /// Number `i` of all.
    fn read(&self, i: usize) -> f32;
}

/// Lines of sixteen numbers in a matrix that begins at the beginning of one.
pub fn lines(rows: usize, columns: usize) -> usize {
    todo!("numbers, sixteen to a line")
}

/// Σ over rows of a matrix with rows of `columns` numbers.
pub fn sum_of_rows(matrix: &impl Numbers, rows: usize, columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0; columns];
    for (column, sum) in sums.iter_mut().enumerate() {
        for row in 0..rows {
            *sum += matrix.read(row * columns + column);
        }
    }
    sums
}
