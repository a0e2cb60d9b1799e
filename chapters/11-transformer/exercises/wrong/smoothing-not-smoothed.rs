//! The plain loss.

pub fn smoothed(p: &[f64], target: usize, _epsilon: f64) -> f64 {
    -p[target].ln()
}
