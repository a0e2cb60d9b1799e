//! h is not carried along.

pub fn unroll(inputs: &[f64], w: f64, _u: f64, b: f64) -> Vec<f64> {
    inputs.iter().map(|x| (w * x + b).tanh()).collect()
}
