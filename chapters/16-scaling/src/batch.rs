//! Steps against examples: what a larger batch buys.
//!
//! To come to a given loss takes S steps of B examples each. With noise in the gradient (`noise.rs`),
//! each step at its best rate, one expects (McCandlish et al. 2018)
//!
//! S = S_min + E_min / B.
//!
//! A batch of everything would still need S_min steps, and single examples, E = B S of them, would be
//! E_min. At the **critical batch** E_min / S_min both prices are doubled: twice the steps of the
//! fewest, twice the examples of the fewest.

/// What it takes to come to a given loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tradeoff {
    /// S_min: the fewest steps.
    pub steps: f64,
    /// E_min: the fewest examples.
    pub examples: f64,
}

impl Tradeoff {
    /// The tradeoff that is nearest to measured pairs of a batch and its steps, where errors count as a
    /// share of the steps: least squares of (S_min + E_min / B) / S − 1. `None` where the pairs do not say.
    pub fn fit(measured: &[(f64, f64)]) -> Option<Self> {
        // Two equations for two unknowns: the normal equations.
        let sum = |f: fn(f64, f64) -> f64| -> f64 {
            measured.iter().map(|&(batch, steps)| f(1.0 / steps, 1.0 / (batch * steps))).sum()
        };
        let [aa, ab, bb] = [sum(|a, _| a * a), sum(|a, b| a * b), sum(|_, b| b * b)];
        let [a, b] = [sum(|a, _| a), sum(|_, b| b)];
        let determinant = aa * bb - ab * ab;
        let of = |numerator: f64| numerator / determinant;
        (determinant > 1e-12 * aa * bb)
            .then(|| Self { steps: of(a * bb - b * ab), examples: of(b * aa - a * ab) })
    }

    /// The steps with batches of `batch`.
    pub fn steps_at(&self, batch: f64) -> f64 {
        self.steps + self.examples / batch
    }

    /// The critical batch.
    pub fn critical(&self) -> f64 {
        self.examples / self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exact_pairs_give_their_tradeoff_back(steps in 1.0..1e4, examples in 1.0..1e5) {
            let truth = Tradeoff { steps, examples };
            let pairs = [1.0, 4.0, 16.0, 64.0, 256.0].map(|batch| (batch, truth.steps_at(batch)));
            let found = Tradeoff::fit(&pairs).unwrap();
            prop_assert!((found.steps / steps - 1.0).abs() < 1e-6, "{:?}", found);
            prop_assert!((found.examples / examples - 1.0).abs() < 1e-6, "{:?}", found);
        }

        #[test]
        fn at_the_critical_batch_both_prices_are_doubled(steps in 1.0..1e4, examples in 1.0..1e5) {
            let truth = Tradeoff { steps, examples };
            let at = truth.steps_at(truth.critical());
            prop_assert!((at / (2.0 * steps) - 1.0).abs() < 1e-9);
            prop_assert!((at * truth.critical() / (2.0 * examples) - 1.0).abs() < 1e-9);
        }

        #[test]
        fn the_fit_is_no_worse_than_what_lies_around_it(noise in prop::collection::vec(0.8..1.25, 6)) {
            let truth = Tradeoff { steps: 50.0, examples: 900.0 };
            let pairs: Vec<(f64, f64)> =
                (0..6).map(|i| (4_f64.powi(i), truth.steps_at(4_f64.powi(i)) * noise[i as usize])).collect();
            let error = |fit: Tradeoff| -> f64 {
                pairs.iter().map(|&(batch, steps)| (fit.steps_at(batch) / steps - 1.0).powi(2)).sum()
            };
            let found = Tradeoff::fit(&pairs).unwrap();
            for (more, less) in [(1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99)] {
                let other = Tradeoff { steps: found.steps * more, examples: found.examples * less };
                prop_assert!(error(found) <= error(other));
            }
        }
    }

    #[test]
    fn one_batch_says_nothing_about_another() {
        assert_eq!(Tradeoff::fit(&[(8.0, 100.0), (8.0, 120.0)]), None);
        assert_eq!(Tradeoff::fit(&[]), None);
    }
}
