//! The sign the wrong way round.

pub fn hinge_slope(z: f64, t: f64) -> f64 {
    let sign = 2.0 * t - 1.0;
    if sign * z < 1.0 { sign } else { 0.0 }
}
