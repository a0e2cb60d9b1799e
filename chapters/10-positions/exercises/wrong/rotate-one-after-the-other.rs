//! Computes y from the x that has been turned already.

pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    let mut turned = query.to_vec();
    for i in 0..query.len() / 2 {
        let angle = position as f64 * 10_000_f64.powf(-((2 * i) as f64) / query.len() as f64);
        let (sin, cos) = angle.sin_cos();
        turned[2 * i] = turned[2 * i] * cos - turned[2 * i + 1] * sin;
        turned[2 * i + 1] = turned[2 * i] * sin + turned[2 * i + 1] * cos;
    }
    turned
}
