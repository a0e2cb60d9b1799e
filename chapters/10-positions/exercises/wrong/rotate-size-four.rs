//! The speeds of four numbers.

pub fn rotate(query: &[f64], position: usize) -> Vec<f64> {
    let turn = |(i, pair): (usize, &[f64])| {
        let angle = position as f64 * 100_f64.powi(-(i as i32));
        let (sin, cos) = angle.sin_cos();
        [pair[0] * cos - pair[1] * sin, pair[0] * sin + pair[1] * cos]
    };
    query.chunks(2).enumerate().flat_map(turn).collect()
}
