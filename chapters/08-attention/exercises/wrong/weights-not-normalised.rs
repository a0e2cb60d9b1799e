//! Powers that nobody divided by their sum.

pub fn weights(query: &[f64], keys: &[Vec<f64>]) -> Vec<f64> {
    let root = (query.len() as f64).sqrt();
    let score = |key: &Vec<f64>| key.iter().zip(query).map(|(k, q)| k * q).sum::<f64>() / root;
    let largest = keys.iter().map(score).fold(f64::NEG_INFINITY, f64::max);
    keys.iter().map(|key| (score(key) - largest).exp()).collect()
}
