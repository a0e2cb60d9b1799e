//! 2 % too small: chance hides it, and depth brings it out.

pub fn deviation(inputs: usize) -> f64 {
    0.98 / (inputs as f64).sqrt()
}
