//! Walk along the line until u is used up.

/// The token into whose stretch `u` falls.
pub fn draw(probabilities: &[f64], u: f64) -> usize {
    let mut left = u;
    for (token, p) in probabilities.iter().enumerate() {
        if left < *p {
            return token;
        }
        left -= p;
    }
    probabilities.len() - 1
}
