//! At 0 the last of the highest gets everything.

pub fn probabilities(scores: &[f64], temperature: f64) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if temperature == 0.0 {
        let best = scores.iter().rposition(|&score| score == highest);
        return (0..scores.len()).map(|i| f64::from(u8::from(Some(i) == best))).collect();
    }
    let weights: Vec<f64> = scores.iter().map(|score| ((score - highest) / temperature).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
