//! Begins a line with each row.

pub trait Numbers {
    fn read(&self, i: usize) -> f32;
}

pub fn lines(rows: usize, columns: usize) -> usize {
    rows * columns.div_ceil(16)
}

pub fn sum_of_rows(matrix: &impl Numbers, rows: usize, columns: usize) -> Vec<f32> {
    let mut sums = vec![0.0; columns];
    for row in 0..rows {
        for (column, sum) in sums.iter_mut().enumerate() {
            *sum += matrix.read(row * columns + column);
        }
    }
    sums
}
