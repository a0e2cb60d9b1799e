//! L(N, D) = E + A / N^α + B / D^β: what a model of N parameters loses after D tokens ("Training
//! compute-optimal large language models", Hoffmann et al. 2022, equation 10; arXiv:2203.15556).

// ANCHOR: law
/// E + A / N^α + B / D^β.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Law {
    /// E: what no model can save, in the unit of the loss.
    pub floor: f64,
    /// A: what a model of one parameter would lose for being small.
    pub a: f64,
    /// α: how fast that falls with N.
    pub alpha: f64,
    /// B: what a model that has read one token would lose for having read so little.
    pub b: f64,
    /// β: how fast that falls with D.
    pub beta: f64,
}

impl Law {
    /// The loss of a model of `n` parameters after `d` tokens.
    pub fn loss(&self, n: f64, d: f64) -> f64 {
        self.floor + self.a * n.powf(-self.alpha) + self.b * d.powf(-self.beta)
    }
}
// ANCHOR_END: law

/// C = κ N^γ D: what it costs to train, in operations. Of the usual 6 N D it is κ = 6 and γ = 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// κ.
    pub factor: f64,
    /// γ.
    pub power: f64,
}

impl Price {
    /// C = 6 N D.
    pub const SIX: Self = Self { factor: 6.0, power: 1.0 };

    /// The straight line through ln(operations a token) over ln N with the least squares.
    ///
    /// # Panics
    /// When there are not two different N.
    pub fn through(sizes: &[(f64, f64)]) -> Self {
        let count = sizes.len() as f64;
        let logs: Vec<(f64, f64)> = sizes.iter().map(|(n, cost)| (n.ln(), cost.ln())).collect();
        let (x, y) =
            logs.iter().fold((0.0, 0.0), |sum, log| (sum.0 + log.0 / count, sum.1 + log.1 / count));
        let over: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
        let under: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
        assert!(under > 0.0, "a price needs models of two sizes");
        let power = over / under;
        Self { factor: (y - power * x).exp(), power }
    }

    /// D: the tokens that `budget` operations pay for.
    pub fn tokens(&self, budget: f64, n: f64) -> f64 {
        budget / (self.factor * n.powf(self.power))
    }
}

// ANCHOR: optimum
impl Law {
    /// The exponent x of N_opt = G · C^x, the size with the lowest loss that C operations can buy:
    /// x = β / (α + γ β).
    ///
    /// In the optimum neither term gains by taking tokens from the other: with D = C / (κ N^γ), the slope
    /// by N is 0 where α A / N^α = γ β B / D^β. Put in D, and solve for N.
    pub fn exponent(&self, price: Price) -> f64 {
        self.beta / (self.alpha + price.power * self.beta)
    }

    /// N_opt for `budget` operations.
    pub fn best_size(&self, budget: f64, price: Price) -> f64 {
        let Self { a, alpha, b, beta, .. } = *self;
        let Price { factor, power } = price;
        let ratio = alpha * a / (power * beta * b) * (budget / factor).powf(beta);
        ratio.powf(1.0 / (alpha + power * beta))
    }
}
// ANCHOR_END: optimum

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: Law = Law { floor: 0.5, a: 40.0, alpha: 0.4, b: 90.0, beta: 0.3 };

    #[test]
    fn the_best_size_is_better_than_its_neighbours() {
        for price in [Price::SIX, Price { factor: 40.0, power: 0.8 }] {
            for budget in [1e9, 1e12, 1e15] {
                let best = LAW.best_size(budget, price);
                let loss = |n: f64| LAW.loss(n, price.tokens(budget, n));
                assert!(
                    loss(best) < loss(best * 1.01) && loss(best) < loss(best / 1.01),
                    "{price:?} {budget}"
                );
            }
        }
    }

    #[test]
    fn the_exponent_is_the_slope_of_the_best_size() {
        for price in [Price::SIX, Price { factor: 40.0, power: 0.8 }] {
            let slope = (LAW.best_size(1e13, price) / LAW.best_size(1e12, price)).log10();
            assert!((slope - LAW.exponent(price)).abs() < 1e-12);
        }
        // With γ = 1 it is Hoffmann's β / (α + β).
        assert!((LAW.exponent(Price::SIX) - 0.3 / 0.7).abs() < 1e-12);
    }

    #[test]
    fn a_price_is_found_from_what_sizes_cost() {
        let sizes = [1e4, 3e4, 2e5, 1e6].map(|n: f64| (n, 50.0 * n.powf(0.7)));
        let price = Price::through(&sizes);
        assert!((price.factor / 50.0 - 1.0).abs() < 1e-9 && (price.power - 0.7).abs() < 1e-9, "{price:?}");
        assert!((price.tokens(50.0 * 1e4_f64.powf(0.7) * 7.0, 1e4) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn sixteen_times_the_budget_halves_both_terms_of_the_page() {
        let law = Law { floor: 1.0, a: 10.0, alpha: 0.5, b: 100.0, beta: 0.5 };
        for (budget, best, loss) in [(6e6, 100.0, 3.0), (96e6, 400.0, 2.0)] {
            let n = law.best_size(budget, Price::SIX);
            assert!((n / best - 1.0).abs() < 1e-9, "{n}");
            assert!((law.loss(n, Price::SIX.tokens(budget, n)) - loss).abs() < 1e-9);
        }
    }
}
