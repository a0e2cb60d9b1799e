//! Nats.

pub fn entropy(beginnings: &[f64], ends: &[Vec<f64>]) -> f64 {
    let of = |draw: &[f64]| -> f64 { draw.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum() };
    of(beginnings) + beginnings.iter().zip(ends).map(|(p, end)| p * of(end)).sum::<f64>()
}
