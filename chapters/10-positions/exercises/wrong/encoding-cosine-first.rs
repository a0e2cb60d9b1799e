//! Cosine at the even places.

pub fn encoding(position: usize, n: usize, size: usize) -> f64 {
    let angle = position as f64 / 10_000_f64.powf((2 * (n / 2)) as f64 / size as f64);
    if n.is_multiple_of(2) { angle.cos() } else { angle.sin() }
}
