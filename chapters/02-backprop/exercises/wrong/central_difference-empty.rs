//! No slope at all.

pub fn gradient(_f: impl Fn(&[f64]) -> f64, _x: &[f64], _h: f64) -> Vec<f64> {
    Vec::new()
}
