//! Divides by h: the two points are 2h apart.

pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64], h: f64) -> Vec<f64> {
    let moved = |i: usize, step: f64| {
        let mut x = x.to_vec();
        x[i] += step;
        f(&x)
    };
    (0..x.len()).map(|i| (moved(i, h) - moved(i, -h)) / h).collect()
}
