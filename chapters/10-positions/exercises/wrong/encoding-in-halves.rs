//! All sines first, then all cosines.

pub fn encoding(position: usize, n: usize, size: usize) -> f64 {
    let i = n % (size / 2);
    let angle = position as f64 / 10_000_f64.powf((2 * i) as f64 / size as f64);
    if n < size / 2 { angle.sin() } else { angle.cos() }
}
