//! The logarithm of the mean probability.

pub fn smoothed(p: &[f64], target: usize, epsilon: f64) -> f64 {
    let mean = p.iter().sum::<f64>() / p.len() as f64;
    -(1.0 - epsilon) * p[target].ln() - epsilon * mean.ln()
}
