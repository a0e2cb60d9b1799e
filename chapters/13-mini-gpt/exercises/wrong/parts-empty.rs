//! No gradient at all.

pub fn gradient(_gradients: &[Vec<f64>], _rows: &[usize], _clip: f64) -> Vec<f64> {
    Vec::new()
}
