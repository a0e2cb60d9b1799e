//! Carries the sum along instead of its tanh.

pub fn unroll(inputs: &[f64], w: f64, u: f64, b: f64) -> Vec<f64> {
    let mut sum = 0.0_f64;
    inputs
        .iter()
        .map(|x| {
            sum = w * x + u * sum + b;
            sum.tanh()
        })
        .collect()
}
