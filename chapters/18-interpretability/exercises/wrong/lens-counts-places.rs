//! Wrong: counts the places that are near enough.

use std::f64::consts::LN_2;

/// The first place from which on the lens is at most `most` bits away from the truth.
pub fn known_from(places: &[Vec<f64>], truth: &[f64], most: f64) -> Option<usize> {
    let bits: Vec<f64> = places.iter().map(|scores| divergence(truth, scores)).collect();
    let far = bits.iter().filter(|bits| bits.is_nan() || **bits > most).count();
    (far < bits.len()).then_some(far)
}

/// What believing the scores costs beyond the truth, in bits.
fn divergence(truth: &[f64], scores: &[f64]) -> f64 {
    let can_come = truth.iter().zip(log_softmax(scores)).filter(|(p, _)| **p > 0.0);
    can_come.map(|(p, log_q)| p * (p.ln() - log_q) / LN_2).sum()
}

fn log_softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - largest).exp()).sum();
    scores.iter().map(|score| score - largest - sum.ln()).collect()
}
