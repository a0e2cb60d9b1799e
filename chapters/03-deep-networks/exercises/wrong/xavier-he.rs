//! √(2/n), as for a ReLU.

pub fn deviation(inputs: usize) -> f64 {
    (2.0 / inputs as f64).sqrt()
}
