//! Drops everything, the list too.

pub fn dropout(_x: &[f64], _kept: &[bool], _p: f64) -> Vec<f64> {
    Vec::new()
}
