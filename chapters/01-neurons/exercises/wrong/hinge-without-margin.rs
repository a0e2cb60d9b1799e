//! Is content as soon as the side is right: no margin.

pub fn hinge_slope(z: f64, t: f64) -> f64 {
    let sign = 2.0 * t - 1.0;
    if sign * z < 0.0 { -sign } else { 0.0 }
}
