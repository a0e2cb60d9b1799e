//! No number at all.

pub fn layer_norm(_x: &[f64]) -> Vec<f64> {
    Vec::new()
}
