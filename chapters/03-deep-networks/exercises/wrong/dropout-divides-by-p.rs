//! 1/p instead of 1/(1 − p).

pub fn dropout(x: &[f64], kept: &[bool], p: f64) -> Vec<f64> {
    x.iter().zip(kept).map(|(x, &kept)| if kept { x / p } else { 0.0 }).collect()
}
