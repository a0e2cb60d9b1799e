//! No probability at all.

pub fn probabilities(_scores: &[f64], _temperature: f64) -> Vec<f64> {
    Vec::new()
}
