//! Losses: one number that says how wrong a prediction is, and its derivative.

/// A function of a prediction and a target: a loss, or its slope.
pub type Loss = fn(f64, f64) -> f64;

// ANCHOR: losses
/// Squared error (p − t)²: the loss of a prediction `p` when the target is `t`.
pub fn squared_error(p: f64, t: f64) -> f64 {
    (p - t).powi(2)
}

/// Cross-entropy −t ln p − (1 − t) ln(1 − p): minus the log-probability that the prediction gave to
/// what happened, in nats.
pub fn cross_entropy(p: f64, t: f64) -> f64 {
    let surprise =
        |probability: f64, happened: f64| if happened == 0.0 { 0.0 } else { -happened * probability.ln() };
    surprise(p, t) + surprise(1.0 - p, 1.0 - t)
}
// ANCHOR_END: losses

// ANCHOR: slopes
/// d/dz (σ(z) − t)² = 2 (p − t) · p (1 − p): vanishes when p is near 0 or 1, however wrong it is.
pub fn squared_error_slope(p: f64, t: f64) -> f64 {
    2.0 * (p - t) * p * (1.0 - p)
}

/// d/dz of the cross-entropy of σ(z) = p − t: the sigmoid's slope has cancelled.
pub fn cross_entropy_slope(p: f64, t: f64) -> f64 {
    p - t
}
// ANCHOR_END: slopes

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::sigmoid;

    #[test]
    fn slopes_are_derivatives_by_the_sum_before_the_sigmoid() {
        let losses: [(Loss, Loss); 2] =
            [(squared_error, squared_error_slope), (cross_entropy, cross_entropy_slope)];
        for (loss, slope) in losses {
            for z in (-30..=30).map(|i| f64::from(i) / 10.0) {
                for t in [0.0, 1.0, 0.3] {
                    let at = |z: f64| loss(sigmoid(z), t);
                    let difference = (at(z + 1e-5) - at(z - 1e-5)) / 2e-5;
                    assert!((difference - slope(sigmoid(z), t)).abs() < 1e-9, "z {z}, t {t}");
                }
            }
        }
    }

    #[test]
    fn a_sure_and_right_prediction_costs_nothing() {
        assert_eq!(cross_entropy(1.0, 1.0), 0.0);
        assert_eq!(cross_entropy(0.0, 0.0), 0.0);
    }
}
