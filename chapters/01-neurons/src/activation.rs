//! Activation functions, each with its derivative beside it.
//!
//! Without one, a stack of layers is one linear map: W₂(W₁x) = (W₂W₁)x. An activation bends it.

// ANCHOR: activations
/// σ(x) = 1 / (1 + e⁻ˣ): a soft threshold between 0 and 1.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// σ′ = σ (1 − σ): at most ¼, at 0; nearly 0 far from it.
pub fn sigmoid_derivative(x: f64) -> f64 {
    sigmoid(x) * (1.0 - sigmoid(x))
}

/// tanh x = 2 σ(2x) − 1: a sigmoid between −1 and 1.
pub fn tanh(x: f64) -> f64 {
    x.tanh()
}

/// tanh′ = 1 − tanh²: 1 at 0.
pub fn tanh_derivative(x: f64) -> f64 {
    1.0 - x.tanh().powi(2)
}

/// max(0, x): passes what is positive (Nair & Hinton 2010).
pub fn relu(x: f64) -> f64 {
    x.max(0.0)
}

/// 1 where x is positive, else 0. At 0 itself there is no derivative; everybody takes 0.
pub fn relu_derivative(x: f64) -> f64 {
    if x > 0.0 { 1.0 } else { 0.0 }
}
// ANCHOR_END: activations

/// An activation function by its name, itself, and its derivative.
pub type Activation = (&'static str, fn(f64) -> f64, fn(f64) -> f64);

/// The activation functions of this chapter.
pub const ACTIVATIONS: [Activation; 4] = [
    ("sigmoid", sigmoid, sigmoid_derivative),
    ("tanh", tanh, tanh_derivative),
    ("ReLU", relu, relu_derivative),
    ("GELU", crate::gelu::gelu, crate::gelu::gelu_derivative),
];

// ANCHOR: softmax
/// softmax(x)ᵢ = e^xᵢ / Σⱼ e^xⱼ: any numbers become a probability distribution.
///
/// The largest is taken away first. That changes nothing, since e^(x−m) / Σ e^(x−m) has e⁻ᵐ above
/// and below, and keeps e^x finite.
///
/// ```
/// let p = neurons::activation::softmax(&[1000.0, 1000.0]);
/// assert_eq!(p, [0.5, 0.5]);
/// ```
pub fn softmax(x: &[f64]) -> Vec<f64> {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = x.iter().map(|x| (x - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
// ANCHOR_END: softmax

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_derivative_is_the_slope() {
        for (name, f, derivative) in ACTIVATIONS {
            // Beside 0, where ReLU has a corner.
            for x in (-50..50).map(|i| f64::from(i) / 10.0 + 0.05) {
                let h = 1e-5;
                let slope = (f(x + h) - f(x - h)) / (2.0 * h);
                assert!((slope - derivative(x)).abs() < 1e-9, "{name} at {x}: {slope}");
            }
        }
    }

    #[test]
    fn softmax_is_a_distribution_and_ignores_a_common_shift() {
        let p = softmax(&[0.5, -1.0, 3.0]);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        for (a, b) in p.iter().zip(softmax(&[100.5, 99.0, 103.0])) {
            assert!((a - b).abs() < 1e-12);
        }
    }

    #[test]
    fn the_softmax_of_two_numbers_is_the_sigmoid_of_their_difference() {
        assert!((softmax(&[0.7, -0.4])[0] - sigmoid(1.1)).abs() < 1e-15);
    }
}
