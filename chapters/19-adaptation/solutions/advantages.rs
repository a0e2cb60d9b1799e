//! Each answer against the others of its own question.

use std::collections::BTreeMap;

/// By how much each answer is better than the others to its question.
pub fn advantages(questions: &[usize], rewards: &[f64]) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (question, reward) in questions.iter().zip(rewards) {
        let (sum, count) = sums.entry(*question).or_default();
        *sum += reward;
        *count += 1;
    }
    let advantage = |(question, reward): (&usize, &f64)| {
        let (sum, count) = sums[question];
        if count == 1 { 0.0 } else { reward - (sum - reward) / (count - 1) as f64 }
    };
    questions.iter().zip(rewards).map(advantage).collect()
}
