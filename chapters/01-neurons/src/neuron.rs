//! A neuron with a slope: a weighted sum through a sigmoid, and gradient descent by hand.
//!
//! With z = w·x + b and p = σ(z), the chain rule gives the gradient of the mean loss:
//! ∂L/∂wᵢ = mean(dL/dz · xᵢ), ∂L/∂b = mean(dL/dz).

use crate::activation::sigmoid;
use crate::clouds::Labelled;
use crate::loss::Loss;

// ANCHOR: neuron
/// A sigmoid unit with two inputs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Neuron {
    /// How much each input counts.
    pub weights: [f64; 2],
    /// What the sum starts from.
    pub bias: f64,
}

impl Neuron {
    /// The probability that it gives to class 1.
    pub fn predict(&self, x: [f64; 2]) -> f64 {
        sigmoid(self.weights[0] * x[0] + self.weights[1] * x[1] + self.bias)
    }

    /// The gradient of the mean loss over `points`, as a neuron: one slope for each weight, and one
    /// for the bias.
    pub fn gradient(&self, points: &[Labelled], slope: Loss) -> Self {
        let mut sum = Self::default();
        for (x, target) in points {
            let by_sum = slope(self.predict(*x), *target) / points.len() as f64; // dL/dz
            sum.weights[0] += by_sum * x[0]; // dz/dw₀ = x₀
            sum.weights[1] += by_sum * x[1];
            sum.bias += by_sum; // dz/db = 1
        }
        sum
    }

    /// One step downhill: every number moves against its slope, `rate` times as far.
    pub fn step(&mut self, gradient: &Self, rate: f64) {
        self.weights[0] -= rate * gradient.weights[0];
        self.weights[1] -= rate * gradient.weights[1];
        self.bias -= rate * gradient.bias;
    }
}
// ANCHOR_END: neuron

impl Neuron {
    /// The mean of `loss` over `points`.
    pub fn mean_loss(&self, points: &[Labelled], loss: Loss) -> f64 {
        points.iter().map(|(x, target)| loss(self.predict(*x), *target)).sum::<f64>() / points.len() as f64
    }

    /// The share of `points` on the right side of ½.
    pub fn accuracy(&self, points: &[Labelled]) -> f64 {
        let right = points.iter().filter(|(x, target)| (self.predict(*x) > 0.5) == (*target > 0.5)).count();
        right as f64 / points.len() as f64
    }

    /// The neurons after 0, 1, …, `steps` steps of gradient descent from `self`.
    pub fn descend(self, points: &[Labelled], slope: Loss, rate: f64, steps: usize) -> Vec<Self> {
        let next = |neuron: &Self| {
            let mut neuron = *neuron;
            neuron.step(&neuron.gradient(points, slope), rate);
            Some(neuron)
        };
        std::iter::successors(Some(self), next).take(steps + 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::{XOR, two_clouds};
    use crate::loss::{cross_entropy, cross_entropy_slope, squared_error, squared_error_slope};

    #[test]
    fn the_gradient_equals_central_differences() {
        let points = two_clouds(20, 0.8, 3);
        let neuron = Neuron { weights: [0.4, -1.1], bias: 0.3 };
        let pairs: [(Loss, Loss); 2] =
            [(cross_entropy, cross_entropy_slope), (squared_error, squared_error_slope)];
        for (loss, slope) in pairs {
            let gradient = neuron.gradient(&points, slope);
            let moved = |move_it: fn(&mut Neuron, f64)| {
                let at = |h: f64| {
                    let mut neuron = neuron;
                    move_it(&mut neuron, h);
                    neuron.mean_loss(&points, loss)
                };
                (at(1e-5) - at(-1e-5)) / 2e-5
            };
            let expected = [
                moved(|n, h| n.weights[0] += h),
                moved(|n, h| n.weights[1] += h),
                moved(|n, h| n.bias += h),
            ];
            for (a, b) in
                [gradient.weights[0], gradient.weights[1], gradient.bias].into_iter().zip(expected)
            {
                assert!((a - b).abs() < 1e-9, "{a} {b}");
            }
        }
    }

    #[test]
    fn it_separates_two_clouds() {
        let points = two_clouds(100, 0.5, 1);
        let trained = *Neuron::default().descend(&points, cross_entropy_slope, 1.0, 200).last().unwrap();
        assert!(trained.accuracy(&points) > 0.95);
        assert!(trained.mean_loss(&points, cross_entropy) < 0.1);
    }

    #[test]
    fn the_best_it_can_do_on_xor_is_to_say_one_half() {
        // The loss is convex in the weights, so where descent stops is the minimum: p = ½
        // everywhere, loss ln 2.
        let start = Neuron { weights: [1.5, -0.7], bias: 0.2 };
        let trained = *start.descend(&XOR, cross_entropy_slope, 1.0, 5000).last().unwrap();
        assert!((trained.mean_loss(&XOR, cross_entropy) - 2_f64.ln()).abs() < 1e-6);
        assert!(XOR.iter().all(|(x, _)| (trained.predict(*x) - 0.5).abs() < 1e-3));
    }
}
