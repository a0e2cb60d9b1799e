//! Scales only the gradient by B.

type Matrix = Vec<Vec<f64>>;

pub fn gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    let zeros = |like: &Matrix| -> Matrix { like.iter().map(|row| vec![0.0; row.len()]).collect() };
    let (mut of_a, mut of_b) = (zeros(a), zeros(b));
    for (i, slopes) in slopes.iter().enumerate() {
        for (j, slope) in slopes.iter().enumerate() {
            for (k, row) in a.iter().enumerate() {
                of_a[k][j] += b[i][k] * slope;
                of_b[i][k] += s * slope * row[j];
            }
        }
    }
    (of_a, of_b)
}
