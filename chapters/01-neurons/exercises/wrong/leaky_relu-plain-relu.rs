//! A ReLU that does not leak.

pub fn leaky_relu(x: f64) -> f64 {
    x.max(0.0)
}

pub fn leaky_relu_derivative(x: f64) -> f64 {
    if x > 0.0 { 1.0 } else { 0.0 }
}
