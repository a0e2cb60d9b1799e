//! Least squares: what is left is 1 − w² / (w² + (1 − w)²).

/// The errors of a and of b.
pub fn errors(w: f64) -> (f64, f64) {
    let (a, b) = (w * w, (1.0 - w) * (1.0 - w));
    (1.0 - a / (a + b), 1.0 - b / (a + b))
}
