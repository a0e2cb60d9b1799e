//! Gives k to tokens that were not seen, and to no other.

pub fn add_k(counts: &[u32], k: f64) -> Vec<f64> {
    let shares: Vec<f64> =
        counts.iter().map(|&count| if count == 0 { k } else { f64::from(count) }).collect();
    let all: f64 = shares.iter().sum();
    shares.iter().map(|share| share / all).collect()
}
