//! Only the first row of A and the first column of B get a gradient.

type Matrix = Vec<Vec<f64>>;

pub fn gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    let zeros = |like: &Matrix| -> Matrix { like.iter().map(|row| vec![0.0; row.len()]).collect() };
    let (mut of_a, mut of_b) = (zeros(a), zeros(b));
    for (i, slopes) in slopes.iter().enumerate() {
        for (j, slope) in slopes.iter().enumerate() {
            of_a[0][j] += s * b[i][0] * slope;
            of_b[i][0] += s * slope * a[0][j];
        }
    }
    (of_a, of_b)
}
