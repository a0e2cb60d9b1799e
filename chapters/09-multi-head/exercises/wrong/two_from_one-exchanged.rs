//! b's before a's.

pub fn errors(w: f64) -> (f64, f64) {
    let (a, b) = (w * w, (1.0 - w) * (1.0 - w));
    (1.0 - b / (a + b), 1.0 - a / (a + b))
}
