//! A tensor with nothing hidden: a flat `Vec` of numbers, a shape and **strides**.
//!
//! The stride of an axis says how many places to step in the flat list to move by one along that
//! axis. Element `[i, j]` of a matrix lies at `i·stride₀ + j·stride₁`. Transposing swaps the
//! strides and moves no number; broadcasting sets a stride to 0, so that one number is read again
//! and again. dfdx works the same way inside, and is tested against this module.

use thiserror::Error;

/// What can be wrong with the shapes given to an operation.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ShapeError {
    /// The number of values is not the product of the sizes.
    #[error("{values} values do not fill a {rows} × {cols} matrix: give {} values", rows * cols)]
    Fill {
        /// How many values were given.
        values: usize,
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        cols: usize,
    },
    /// The inner sizes of a product differ.
    #[error("cannot multiply {left:?} by {right:?}: the {} columns on the left must equal the {} rows on the right", left.1, right.0)]
    Product {
        /// Shape of the left factor.
        left: (usize, usize),
        /// Shape of the right factor.
        right: (usize, usize),
    },
    /// Two shapes that cannot be broadcast to each other.
    #[error("cannot add {left:?} and {right:?}: a size must be equal, or 1 to be repeated")]
    Broadcast {
        /// Shape of the left operand.
        left: (usize, usize),
        /// Shape of the right operand.
        right: (usize, usize),
    },
}

// ANCHOR: matrix
/// A matrix: `rows × cols` numbers in one flat list, and how far to step for the next row and the
/// next column.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    data: Vec<f32>,
    shape: (usize, usize),
    strides: (usize, usize),
}

impl Matrix {
    /// Element `[row, col]`.
    pub fn at(&self, row: usize, col: usize) -> f32 {
        self.data[row * self.strides.0 + col * self.strides.1]
    }

    /// Rows become columns. No number moves: only the strides change places.
    #[must_use]
    pub fn transpose(self) -> Self {
        let ((rows, cols), (down, right)) = (self.shape, self.strides);
        Self { shape: (cols, rows), strides: (right, down), ..self }
    }
    // ANCHOR_END: matrix

    /// A matrix filled row by row.
    ///
    /// # Errors
    /// [`ShapeError::Fill`] when `data` does not hold `rows · cols` numbers.
    pub fn new(rows: usize, cols: usize, data: Vec<f32>) -> Result<Self, ShapeError> {
        if data.len() != rows * cols {
            return Err(ShapeError::Fill { values: data.len(), rows, cols });
        }
        Ok(Self { data, shape: (rows, cols), strides: (cols, 1) })
    }

    /// `(rows, columns)`.
    pub fn shape(&self) -> (usize, usize) {
        self.shape
    }

    /// The same numbers read as a `rows × cols` matrix, repeating an axis of size 1: its stride
    /// becomes 0.
    fn broadcast(&self, rows: usize, cols: usize) -> Self {
        let down = if self.shape.0 == rows { self.strides.0 } else { 0 };
        let right = if self.shape.1 == cols { self.strides.1 } else { 0 };
        Self { data: self.data.clone(), shape: (rows, cols), strides: (down, right) }
    }

    /// The sum of two matrices, either of them repeated along an axis where its size is 1.
    ///
    /// # Errors
    /// [`ShapeError::Broadcast`] when the sizes of an axis differ and neither is 1.
    pub fn add(&self, other: &Self) -> Result<Self, ShapeError> {
        let fits = |a: usize, b: usize| a == b || a == 1 || b == 1;
        if !fits(self.shape.0, other.shape.0) || !fits(self.shape.1, other.shape.1) {
            return Err(ShapeError::Broadcast { left: self.shape, right: other.shape });
        }
        let (rows, cols) = (self.shape.0.max(other.shape.0), self.shape.1.max(other.shape.1));
        let (a, b) = (self.broadcast(rows, cols), other.broadcast(rows, cols));
        Ok(Self::from_fn(rows, cols, |i, j| a.at(i, j) + b.at(i, j)))
    }

    // ANCHOR: matmul
    /// The matrix product: element `[i, j]` is row `i` of `self` times column `j` of `other`,
    /// summed.
    ///
    /// # Errors
    /// [`ShapeError::Product`] when `self` has not as many columns as `other` has rows.
    pub fn matmul(&self, other: &Self) -> Result<Self, ShapeError> {
        if self.shape.1 != other.shape.0 {
            return Err(ShapeError::Product { left: self.shape, right: other.shape });
        }
        Ok(Self::from_fn(self.shape.0, other.shape.1, |i, j| {
            (0..self.shape.1).map(|k| self.at(i, k) * other.at(k, j)).sum()
        }))
    }
    // ANCHOR_END: matmul

    /// One sum for every row: the columns are reduced away.
    pub fn sum_of_rows(&self) -> Vec<f32> {
        (0..self.shape.0).map(|i| (0..self.shape.1).map(|j| self.at(i, j)).sum()).collect()
    }

    /// The numbers row by row, whatever the strides.
    pub fn to_vec(&self) -> Vec<f32> {
        (0..self.shape.0).flat_map(|i| (0..self.shape.1).map(move |j| self.at(i, j))).collect()
    }

    fn from_fn(rows: usize, cols: usize, f: impl Fn(usize, usize) -> f32) -> Self {
        let data = (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j))).map(|(i, j)| f(i, j)).collect();
        Self { data, shape: (rows, cols), strides: (cols, 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use dfdx::prelude::{Cpu, PermuteTo, TensorFromVec, TryMatMul};
    use proptest::prelude::*;

    fn random(rows: usize, cols: usize, seed: u64) -> Matrix {
        Matrix::new(rows, cols, seeds::normal(&mut seeds::generator(seed), rows * cols, 1.0)).unwrap()
    }

    proptest! {
        #[test]
        fn dfdx_multiplies_transposed_matrices_as_the_loops_do(m in 1_usize..9, k in 1_usize..9, n in 1_usize..9, seed: u64) {
            let (a, b) = (random(k, m, seed), random(k, n, !seed));
            let dev = Cpu::default();
            let library = dev
                .tensor_from_vec(a.to_vec(), (k, m))
                .permute::<(usize, usize), _>()
                .matmul(dev.tensor_from_vec(b.to_vec(), (k, n)));
            let ours = a.transpose().matmul(&b).unwrap();
            prop_assert_eq!(ours.to_vec().len(), m * n);
            for (x, y) in library.as_vec().iter().zip(ours.to_vec()) {
                // A sum of at most eight products of numbers near 1: a few units of f32's last
                // place.
                prop_assert!((x - y).abs() < 1e-5, "{x} {y}");
            }
        }

        #[test]
        fn transposing_twice_changes_nothing(m in 1_usize..9, n in 1_usize..9, seed: u64) {
            let a = random(m, n, seed);
            prop_assert_eq!(a.clone().transpose().transpose(), a);
        }

        #[test]
        fn a_row_is_repeated_for_every_row(m in 1_usize..9, n in 1_usize..9, seed: u64) {
            let (a, row) = (random(m, n, seed), random(1, n, !seed));
            let sum = a.add(&row).unwrap();
            for i in 0..m {
                for j in 0..n {
                    prop_assert_eq!(sum.at(i, j), a.at(i, j) + row.at(0, j));
                }
            }
        }
    }

    #[test]
    fn impossible_shapes_are_refused_with_their_sizes() {
        let a = random(2, 3, 0);
        assert_eq!(a.matmul(&a), Err(ShapeError::Product { left: (2, 3), right: (2, 3) }));
        assert_eq!(a.add(&random(3, 3, 0)), Err(ShapeError::Broadcast { left: (2, 3), right: (3, 3) }));
        let message = Matrix::new(2, 3, vec![0.0; 5]).unwrap_err().to_string();
        assert_eq!(message, "5 values do not fill a 2 × 3 matrix: give 6 values");
    }
}
