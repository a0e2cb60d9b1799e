//! Turns the other way.

pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    let turn = |(i, pair): (usize, &[f64])| {
        let angle = position as f64 * 10_000_f64.powf(-((2 * i) as f64) / query.len() as f64);
        let (sin, cos) = angle.sin_cos();
        [pair[0] * cos + pair[1] * sin, pair[1] * cos - pair[0] * sin]
    };
    query.chunks(2).enumerate().flat_map(turn).collect()
}
