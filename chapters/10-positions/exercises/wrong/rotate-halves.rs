//! Pairs number i with number i + d/2, as other libraries do.

pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    let half = query.len() / 2;
    let mut turned = query.to_vec();
    for i in 0..half {
        let angle = position as f64 * 10_000_f64.powf(-((2 * i) as f64) / query.len() as f64);
        let (sin, cos) = angle.sin_cos();
        turned[i] = query[i] * cos - query[i + half] * sin;
        turned[i + half] = query[i] * sin + query[i + half] * cos;
    }
    turned
}
