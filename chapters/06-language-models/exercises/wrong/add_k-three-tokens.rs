//! Fits a vocabulary of three.

pub fn add_k(counts: &[u32], k: f64) -> Vec<f64> {
    let all = f64::from(counts.iter().sum::<u32>()) + 3.0 * k;
    counts.iter().map(|&count| (f64::from(count) + k) / all).collect()
}
