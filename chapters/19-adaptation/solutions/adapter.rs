//! From the gradient of the product to those of its factors.

/// A matrix, row by row.
type Matrix = Vec<Vec<f64>>;

/// The gradients by A and by B: s Bᵀ G and s G Aᵀ.
pub fn gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    let (mut of_a, mut of_b) = (zeros(a), zeros(b));
    for (i, slopes) in slopes.iter().enumerate() {
        for (j, slope) in slopes.iter().enumerate() {
            for (k, row) in a.iter().enumerate() {
                of_a[k][j] += s * b[i][k] * slope;
                of_b[i][k] += s * slope * row[j];
            }
        }
    }
    (of_a, of_b)
}

fn zeros(like: &Matrix) -> Matrix {
    like.iter().map(|row| vec![0.0; row.len()]).collect()
}
