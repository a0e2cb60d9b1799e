//! No number at all.

pub fn rotate(_query: &[f64], _position: usize) -> Vec<f64> {
    Vec::new()
}
