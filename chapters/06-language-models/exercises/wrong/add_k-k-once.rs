//! Adds k to all counts together once, not once for each token.

pub fn add_k(counts: &[u32], k: f64) -> Vec<f64> {
    let all = f64::from(counts.iter().sum::<u32>()) + k;
    counts.iter().map(|&count| (f64::from(count) + k) / all).collect()
}
