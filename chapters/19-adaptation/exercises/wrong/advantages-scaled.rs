//! Divides by the standard deviation.

pub fn advantages(questions: &[usize], rewards: &[f64]) -> Vec<f64> {
    let of = |i: usize| {
        let all: Vec<f64> =
            (0..rewards.len()).filter(|&k| questions[k] == questions[i]).map(|k| rewards[k]).collect();
        let (n, mean) = (all.len() as f64, all.iter().sum::<f64>() / all.len() as f64);
        let deviation = (all.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
        if deviation == 0.0 { 0.0 } else { (rewards[i] - mean) * n / (n - 1.0) / deviation }
    };
    (0..rewards.len()).map(of).collect()
}
