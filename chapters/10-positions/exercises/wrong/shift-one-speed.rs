//! All hands turn by the angle of the first.

pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    let (sin, cos) = (shift as f64).sin_cos();
    let turn = |pair: &[f64]| [pair[0] * cos + pair[1] * sin, pair[1] * cos - pair[0] * sin];
    encoding.chunks(2).flat_map(turn).collect()
}
