//! n/size as the exponent: a sine and its cosine must share an angle.

pub fn encoding(position: usize, n: usize, size: usize) -> f64 {
    let angle = position as f64 / 10_000_f64.powf(n as f64 / size as f64);
    if n.is_multiple_of(2) { angle.sin() } else { angle.cos() }
}
