//! Forgets the root.

pub fn weights(query: &[f64], keys: &[Vec<f64>]) -> Vec<f64> {
    let score = |key: &Vec<f64>| key.iter().zip(query).map(|(k, q)| k * q).sum::<f64>();
    let largest = keys.iter().map(score).fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = keys.iter().map(|key| (score(key) - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
