//! 1 − w: the share, not its square by the squares of both.

pub fn errors(w: f64) -> (f64, f64) {
    (1.0 - w, w)
}
