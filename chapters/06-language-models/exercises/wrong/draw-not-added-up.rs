//! Compares u with each probability by itself.

pub fn draw(probabilities: &[f64], u: f64) -> usize {
    probabilities.iter().position(|p| u < *p).unwrap_or(probabilities.len() - 1)
}
