//! The inner loop walked down a column: each number in another line of the cache. Now it walks
//! along a row, and all sums grow together.

/// A matrix of `f32`, row after row, that can be read one number at a time.
pub trait Numbers {
    /// Number `i` of all.
    fn read(&self, i: usize) -> f32;
}

/// Lines of sixteen numbers in a matrix that begins at the beginning of one.
pub fn lines(rows: usize, columns: usize) -> usize {
    (rows * columns).div_ceil(16)
}

/// Σ over rows of a matrix with rows of `columns` numbers.
pub fn sum_of_rows(matrix: &impl Numbers, rows: usize, columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0; columns];
    for row in 0..rows {
        for (column, sum) in sums.iter_mut().enumerate() {
            *sum += matrix.read(row * columns + column);
        }
    }
    sums
}
