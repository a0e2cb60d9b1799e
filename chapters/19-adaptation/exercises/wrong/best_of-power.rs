//! Makes the better texts likelier by a power.

pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    let weights: Vec<f64> = policy.iter().zip(rewards).map(|(p, r)| p * r.exp().powi(n - 1)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
