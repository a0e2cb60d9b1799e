//! Compares an answer without others with nothing.

pub fn advantages(questions: &[usize], rewards: &[f64]) -> Vec<f64> {
    let of = |i: usize| {
        let others: Vec<f64> = (0..rewards.len())
            .filter(|&k| k != i && questions[k] == questions[i])
            .map(|k| rewards[k])
            .collect();
        rewards[i] - others.iter().sum::<f64>() / others.len() as f64
    };
    (0..rewards.len()).map(of).collect()
}
