//! Leaves the dropped numbers out instead of setting them to 0.

pub fn dropout(x: &[f64], kept: &[bool], p: f64) -> Vec<f64> {
    x.iter().zip(kept).filter(|(_, kept)| **kept).map(|(x, _)| x / (1.0 - p)).collect()
}
