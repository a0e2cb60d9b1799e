//! 0 · log₂ 0 is not a number.

pub fn entropy(beginnings: &[f64], ends: &[Vec<f64>]) -> f64 {
    let of = |draw: &[f64]| -> f64 { draw.iter().map(|p| -p * p.log2()).sum() };
    of(beginnings) + beginnings.iter().zip(ends).map(|(p, end)| p * of(end)).sum::<f64>()
}
