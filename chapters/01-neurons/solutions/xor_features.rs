//! x₀ + x₁ − 2·x₀x₁ is XOR itself: a weighted sum of the sum and the product.

/// Two numbers from which one neuron can tell XOR.
pub fn features(x: [f64; 2]) -> [f64; 2] {
    [x[0] + x[1], x[0] * x[1]]
}
