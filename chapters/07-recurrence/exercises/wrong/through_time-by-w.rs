//! The slope by the other weight.

pub fn slope_by_u(inputs: &[f64], w: f64, u: f64) -> f64 {
    let (mut h, mut slope) = (0.0_f64, 0.0);
    for x in inputs {
        h = (w * x + u * h).tanh();
        slope = (1.0 - h * h) * (x + u * slope);
    }
    slope
}
