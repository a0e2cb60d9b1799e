//! At 0 the highest share.

pub fn probabilities(scores: &[f64], temperature: f64) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let temperature = if temperature == 0.0 { 1e-9 } else { temperature };
    let weights: Vec<f64> = scores.iter().map(|score| ((score - highest) / temperature).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
