//! No row at all.

pub fn attend(_queries: &[Vec<f64>], _keys: &[Vec<f64>], _values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    Vec::new()
}
