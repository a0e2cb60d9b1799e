//! Guesses s itself for both: α = β = 1.

pub fn errors(w: f64) -> (f64, f64) {
    let square = w * w + (1.0 - w) * (1.0 - w);
    (1.0 - 2.0 * w + square, 1.0 - 2.0 * (1.0 - w) + square)
}
