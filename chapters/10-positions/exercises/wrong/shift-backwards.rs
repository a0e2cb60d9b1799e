//! The encoding of an earlier position.

pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    let turn = |(i, pair): (usize, &[f64])| {
        let angle = shift as f64 / 10_000_f64.powf((2 * i) as f64 / encoding.len() as f64);
        let (sin, cos) = angle.sin_cos();
        [pair[0] * cos - pair[1] * sin, pair[1] * cos + pair[0] * sin]
    };
    encoding.chunks(2).enumerate().flat_map(turn).collect()
}
