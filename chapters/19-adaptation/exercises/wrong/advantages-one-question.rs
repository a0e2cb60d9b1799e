//! Compares with the answers to all questions.

pub fn advantages(_: &[usize], rewards: &[f64]) -> Vec<f64> {
    let (sum, n) = (rewards.iter().sum::<f64>(), rewards.len() as f64);
    let advantage = |reward: &f64| if n < 2.0 { 0.0 } else { reward - (sum - reward) / (n - 1.0) };
    rewards.iter().map(advantage).collect()
}
