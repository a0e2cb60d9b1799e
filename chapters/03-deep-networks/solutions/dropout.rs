//! What stays stands in for what went.

/// `x` with the numbers that are not kept set to 0 and the others scaled.
pub fn dropout(x: &[f64], kept: &[bool], p: f64) -> Vec<f64> {
    x.iter().zip(kept).map(|(x, &kept)| if kept { x / (1.0 - p) } else { 0.0 }).collect()
}
