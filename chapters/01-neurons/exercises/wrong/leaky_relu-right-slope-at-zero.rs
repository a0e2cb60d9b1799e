//! The slope of the right side at 0.

pub fn leaky_relu(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.01 * x }
}

pub fn leaky_relu_derivative(x: f64) -> f64 {
    if x >= 0.0 { 1.0 } else { 0.01 }
}
