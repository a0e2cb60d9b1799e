//! Takes the target, 0 or 1, for the sign, −1 or 1.

pub fn hinge_slope(z: f64, t: f64) -> f64 {
    if t * z < 1.0 { -t } else { 0.0 }
}
