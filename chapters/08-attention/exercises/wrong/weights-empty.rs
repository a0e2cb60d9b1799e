//! No weight at all.

pub fn weights(_query: &[f64], _keys: &[Vec<f64>]) -> Vec<f64> {
    Vec::new()
}
