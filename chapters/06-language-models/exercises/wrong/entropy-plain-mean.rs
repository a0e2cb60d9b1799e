//! The mean of the ends' entropies, whatever the beginnings' probabilities.

pub fn entropy(beginnings: &[f64], ends: &[Vec<f64>]) -> f64 {
    let of = |draw: &[f64]| -> f64 { draw.iter().filter(|p| **p > 0.0).map(|p| -p * p.log2()).sum() };
    of(beginnings) + ends.iter().map(|end| of(end)).sum::<f64>() / ends.len() as f64
}
