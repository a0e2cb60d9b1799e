//! The encoding of `shift` itself: right from position 0.

pub fn shift(encoding: &[f64], shift: usize) -> Vec<f64> {
    let size = encoding.len();
    (0..size)
        .map(|n| {
            let angle = shift as f64 / 10_000_f64.powf((2 * (n / 2)) as f64 / size as f64);
            if n.is_multiple_of(2) { angle.sin() } else { angle.cos() }
        })
        .collect()
}
