//! The mean over the classes that are not the target.

pub fn smoothed(p: &[f64], target: usize, epsilon: f64) -> f64 {
    let all: f64 = p.iter().map(|p| p.ln()).sum();
    let others = (all - p[target].ln()) / (p.len() - 1) as f64;
    -(1.0 - epsilon) * p[target].ln() - epsilon * others
}
