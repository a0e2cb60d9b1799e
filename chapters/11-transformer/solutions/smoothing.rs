//! Some of the target's share for everybody.

/// The smoothed loss in nats.
pub fn smoothed(p: &[f64], target: usize, epsilon: f64) -> f64 {
    let of_all = p.iter().map(|p| p.ln()).sum::<f64>() / p.len() as f64;
    -(1.0 - epsilon) * p[target].ln() - epsilon * of_all
}
