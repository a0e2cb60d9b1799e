//! One side only: the error is of the order of h.

pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> Vec<f64> {
    let moved = |i: usize, step: f64| {
        let mut x = x.to_vec();
        x[i] += step;
        f(&x)
    };
    (0..x.len()).map(|i| (moved(i, h) - f(x)) / h).collect()
}
