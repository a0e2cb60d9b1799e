//! Fits six numbers.

pub fn encoding(position: usize, n: usize, _size: usize) -> f64 {
    let angle = position as f64 / 10_000_f64.powf((2 * (n / 2)) as f64 / 6.0);
    if n.is_multiple_of(2) { angle.sin() } else { angle.cos() }
}
