//! n · s² = 1.

/// The deviation for weights that read `inputs` numbers and feed a tanh.
pub fn deviation(inputs: usize) -> f64 {
    1.0 / (inputs as f64).sqrt()
}
