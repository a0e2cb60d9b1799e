//! Moves all coordinates together.

pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> Vec<f64> {
    let moved = |step: f64| f(&x.iter().map(|x| x + step).collect::<Vec<_>>());
    x.iter().map(|_| (moved(h) - moved(-h)) / (2.0 * h)).collect()
}
