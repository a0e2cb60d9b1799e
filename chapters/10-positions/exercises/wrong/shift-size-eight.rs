//! The speeds of eight numbers.

pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    let turn = |(i, pair): (usize, &[f64])| {
        let angle = shift as f64 / 10_f64.powi(i as i32);
        let (sin, cos) = angle.sin_cos();
        [pair[0] * cos + pair[1] * sin, pair[1] * cos - pair[0] * sin]
    };
    encoding.chunks(2).enumerate().flat_map(turn).collect()
}
