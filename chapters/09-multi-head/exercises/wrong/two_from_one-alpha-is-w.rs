//! Guesses with the weights of the mixture.

pub fn errors(w: f64) -> (f64, f64) {
    let square = w * w + (1.0 - w) * (1.0 - w);
    let error = |with: f64| 1.0 - 2.0 * with * with + with * with * square;
    (error(w), error(1.0 - w))
}
