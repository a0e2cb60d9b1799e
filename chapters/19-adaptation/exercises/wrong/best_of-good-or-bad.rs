//! Knows two rewards only.

pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    let good: f64 = policy.iter().zip(rewards).filter(|(_, r)| **r > 0.0).map(|(p, _)| p).sum();
    let none = (1.0 - good).powi(n);
    let shown = |(p, r): (&f64, &f64)| {
        if *r > 0.0 { p / good * (1.0 - none) } else { p / (1.0 - good) * none }
    };
    policy.iter().zip(rewards).map(shown).map(|p| if p.is_nan() { 0.0 } else { p }).collect()
}
