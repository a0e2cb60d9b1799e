//! Texts of one reward share it in equal parts.

pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    let sum = |of: &dyn Fn(f64) -> bool| -> f64 {
        policy.iter().zip(rewards).filter(|(_, r)| of(**r)).map(|(p, _)| p).sum()
    };
    let shown = |r: &f64| {
        let alike = rewards.iter().filter(|other| *other == r).count() as f64;
        (sum(&|other| other <= *r).powi(n) - sum(&|other| other < *r).powi(n)) / alike
    };
    rewards.iter().map(shown).collect()
}
