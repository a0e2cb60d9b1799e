//! Every token as often.

pub fn draw(probabilities: &[f64], u: f64) -> usize {
    (u * probabilities.len() as f64) as usize
}
