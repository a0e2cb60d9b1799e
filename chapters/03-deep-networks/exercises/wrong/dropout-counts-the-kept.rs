//! Divides by the share that happened to be kept.

pub fn dropout(x: &[f64], kept: &[bool], _p: f64) -> Vec<f64> {
    let share = kept.iter().filter(|kept| **kept).count() as f64 / kept.len() as f64;
    x.iter().zip(kept).map(|(x, &kept)| if kept { x / share } else { 0.0 }).collect()
}
