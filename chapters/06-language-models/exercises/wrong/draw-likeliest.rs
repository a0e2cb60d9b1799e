//! Always the likeliest: no draw.

pub fn draw(probabilities: &[f64], _u: f64) -> usize {
    (0..probabilities.len())
        .rev()
        .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]))
        .unwrap_or(0)
}
