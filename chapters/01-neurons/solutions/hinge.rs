//! A slope of constant size until the margin is reached, then none.

/// dL/dz of the hinge loss at the sum `z` for the target `t`.
pub fn hinge_slope(z: f64, t: f64) -> f64 {
    let sign = 2.0 * t - 1.0;
    if sign * z < 1.0 { -sign } else { 0.0 }
}
