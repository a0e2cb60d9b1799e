//! As if everything had been seen k times more.

/// The probability of each token.
pub fn add_k(counts: &[u32], k: f64) -> Vec<f64> {
    let all = f64::from(counts.iter().sum::<u32>()) + k * counts.len() as f64;
    counts.iter().map(|&count| (f64::from(count) + k) / all).collect()
}
