//! Takes the answers to a question for neighbours.

pub fn advantages(questions: &[usize], rewards: &[f64]) -> Vec<f64> {
    let mut advantages = Vec::new();
    let mut at = 0;
    for group in questions.chunk_by(|a, b| a == b) {
        let own = &rewards[at..at + group.len()];
        let (sum, n) = (own.iter().sum::<f64>(), own.len() as f64);
        advantages.extend(own.iter().map(|r| if n < 2.0 { 0.0 } else { r - (sum - r) / (n - 1.0) }));
        at += group.len();
    }
    advantages
}
