//! The same angle for all pairs.

pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    let (sin, cos) = (position as f64).sin_cos();
    let turn = |pair: &[f64]| [pair[0] * cos - pair[1] * sin, pair[0] * sin + pair[1] * cos];
    query.chunks(2).flat_map(turn).collect()
}
