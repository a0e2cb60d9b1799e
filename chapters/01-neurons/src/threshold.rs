//! The first artificial neurons: a sum and a threshold, without a slope.
//!
//! McCulloch and Pitts showed in 1943 that such units, wired together, compute every logical
//! function. Rosenblatt's **perceptron** of 1958 learns: it changes its weights after every
//! mistake. Its theorem: if a straight line separates the two classes, the rule finds one after
//! finitely many mistakes. If none does, it never stops.

// ANCHOR: unit
/// A unit with two inputs that fires when the weighted sum of its inputs and its bias is positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThresholdUnit {
    /// How much each input counts.
    pub weights: [f64; 2],
    /// What the sum starts from.
    pub bias: f64,
}

impl ThresholdUnit {
    /// 1 if the unit fires, else 0.
    ///
    /// ```
    /// use neurons::threshold::ThresholdUnit;
    /// let and = ThresholdUnit { weights: [1.0, 1.0], bias: -1.5 };
    /// let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    /// assert_eq!(inputs.map(|x| and.fire(x)), [0.0, 0.0, 0.0, 1.0]);
    /// ```
    pub fn fire(&self, x: [f64; 2]) -> f64 {
        let sum = self.weights[0] * x[0] + self.weights[1] * x[1] + self.bias;
        if sum > 0.0 { 1.0 } else { 0.0 }
    }

    /// The perceptron rule: after a mistake, move the weights towards (or away from) the input.
    /// Returns whether it was a mistake.
    pub fn learn(&mut self, x: [f64; 2], target: f64) -> bool {
        let error = target - self.fire(x); // 1, 0 or −1
        self.weights[0] += error * x[0];
        self.weights[1] += error * x[1];
        self.bias += error;
        error != 0.0
    }
}
// ANCHOR_END: unit

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::{XOR, two_clouds};

    fn passes_until_no_mistake(points: &[([f64; 2], f64)], limit: usize) -> Option<usize> {
        let mut unit = ThresholdUnit { weights: [0.0; 2], bias: 0.0 };
        (1..=limit).find(|_| points.iter().filter(|(x, target)| unit.learn(*x, *target)).count() == 0)
    }

    #[test]
    fn separable_points_are_learned_and_xor_never_is() {
        // Clouds two units from each other with little spread are separable.
        assert!(passes_until_no_mistake(&two_clouds(50, 0.3, 1), 100).is_some());
        assert_eq!(passes_until_no_mistake(&XOR, 10_000), None);
    }
}
