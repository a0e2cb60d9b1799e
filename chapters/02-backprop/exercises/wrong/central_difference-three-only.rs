//! Fits functions of three numbers.

pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> Vec<f64> {
    let moved = |i: usize, step: f64| {
        let mut x = x.to_vec();
        x.resize(3, 0.0);
        x[i] += step;
        f(&x)
    };
    (0..3).map(|i| (moved(i, h) - moved(i, -h)) / (2.0 * h)).collect()
}
