//! Two straight lines, so two slopes.

/// x where x is positive, else 0.01 x.
pub fn leaky_relu(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.01 * x }
}

/// The slope of [`leaky_relu`]; at 0, the slope of the left side.
pub fn leaky_relu_derivative(x: f64) -> f64 {
    if x > 0.0 { 1.0 } else { 0.01 }
}
