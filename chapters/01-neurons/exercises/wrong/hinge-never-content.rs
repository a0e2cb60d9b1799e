//! The slope of 1 − s·z everywhere: the maximum with 0 is forgotten.

pub fn hinge_slope(_z: f64, t: f64) -> f64 {
    1.0 - 2.0 * t
}
