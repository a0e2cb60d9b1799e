//! The judge of `optimum`.

#[cfg_attr(feature = "exercises", path = "../../exercises/optimum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/optimum.rs")]
mod answer;
#[path = "../../exercises/wrong/optimum-doublings.rs"]
mod doublings;
#[path = "../../exercises/wrong/optimum-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/optimum-fits-one.rs"]
mod fits_one;
#[path = "../../exercises/wrong/optimum-ignores-who-asks.rs"]
mod ignores_who_asks;
#[path = "../../exercises/wrong/optimum-serves-at-the-price-of-training.rs"]
mod serves_at_the_price_of_training;
#[path = "../../exercises/wrong/optimum-swaps-the-exponents.rs"]
mod swaps_the_exponents;

/// E, A, α, B, β.
type Numbers = [f64; 5];

/// The law that Hoffmann et al. published, and two of other forms.
const LAWS: [Numbers; 3] =
    [[1.69, 406.4, 0.34, 410.7, 0.28], [0.1, 50.0, 0.5, 900.0, 0.7], [0.0, 1000.0, 0.6, 20.0, 0.2]];

/// ln(L − E), to which a small difference of the size matters more than to L.
fn above([_, a, alpha, b, beta]: Numbers, budget: f64, served: f64, n: f64) -> f64 {
    let tokens = (budget - 2.0 * n * served) / (6.0 * n);
    if tokens > 0.0 { (a * n.powf(-alpha) + b * tokens.powf(-beta)).ln() } else { f64::INFINITY }
}

/// The best size, by what makes it one: the slope of the loss by ln N is 0 there. Found by halving.
fn exact([_, a, alpha, b, beta]: Numbers, budget: f64, served: f64) -> f64 {
    let slope = |log_n: f64| {
        let n = log_n.exp();
        let left = budget - 2.0 * n * served;
        if left <= 0.0 {
            return f64::INFINITY;
        }
        // d ln D / d ln N = −C / (C − 2 N T).
        b * beta * (left / (6.0 * n)).powf(-beta) * budget / left - a * alpha * n.powf(-alpha)
    };
    let (mut low, mut high) = (0.0_f64, budget.ln());
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if slope(middle) < 0.0 { low = middle } else { high = middle }
    }
    low.exp()
}

fn judge(best_size: fn(Numbers, f64, f64) -> f64) {
    for law in LAWS {
        for budget in [1e13, 5.76e23] {
            // Nobody, and as many tokens as a hundredth, the same, or thirty times as much training had.
            let trained = budget / (6.0 * exact(law, budget, 0.0));
            for served in [0.0, 0.01, 1.0, 30.0].map(|times| times * trained) {
                let (own, best) = (best_size(law, budget, served), exact(law, budget, served));
                let case = format!(
                    "E, A, α, B, β = {law:?}, a budget of {budget:.2e}, {served:.2e} tokens served"
                );
                assert!(own.is_finite() && own > 0.0, "{case}: {own} is no number of parameters");
                assert!(
                    (own / best - 1.0).abs() < 1.5e-3,
                    "{case}: {best:.4e} parameters are best, not {own:.4e}: ln(L − E) is {:.5} with \
                     yours, and {:.5} with those",
                    above(law, budget, served, own),
                    above(law, budget, served, best)
                );
            }
        }
    }
}

#[test]
fn optimum() {
    judge(answer::best_size);
}

#[test]
fn the_judge_agrees_with_the_formula_for_nobody() {
    for [floor, a, alpha, b, beta] in LAWS {
        let law = scaling::law::surface::Law { floor, a, alpha, b, beta };
        let known = law.best_size(1e20, scaling::law::surface::Price::SIX);
        assert!((exact([floor, a, alpha, b, beta], 1e20, 0.0) / known - 1.0).abs() < 1e-9);
    }
}

#[test]
#[should_panic(expected = "0 is no number of parameters")]
fn empty() {
    judge(empty::best_size);
}

#[test]
#[should_panic(expected = "tokens served: ")]
fn ignores_who_asks() {
    judge(ignores_who_asks::best_size);
}

#[test]
#[should_panic(expected = "parameters are best, not")]
fn serves_at_the_price_of_training() {
    judge(serves_at_the_price_of_training::best_size);
}

#[test]
#[should_panic(expected = "0.00e0 tokens served: ")]
fn swaps_the_exponents() {
    judge(swaps_the_exponents::best_size);
}

#[test]
#[should_panic(expected = "0.00e0 tokens served: ")]
fn doublings() {
    judge(doublings::best_size);
}

#[test]
#[should_panic(expected = "parameters are best, not 3.9963e10")]
fn fits_one() {
    judge(fits_one::best_size);
}
