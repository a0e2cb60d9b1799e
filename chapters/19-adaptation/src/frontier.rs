//! What validity must cost, and the cheapest way to buy it.
//!
//! A model tells a valid story with the probability v₀. Whoever changes it into one that does so with
//! the probability v has moved it, in bits a story, by the Kullback–Leibler divergence KL(π‖π₀). To look
//! only at whether a story is valid throws information away, and that makes no divergence larger. So
//!
//! KL(π‖π₀) ≥ d(v‖v₀) = v log₂ (v / v₀) + (1 − v) log₂ ((1 − v) / (1 − v₀))
//!
//! for every π, however it was made. (It is called the data processing inequality, here for two sets.) The
//! two are equal exactly where the valid stories have kept their odds among each other, and the others
//! too. **Best of n** does that: it writes n stories and shows a valid one if there is one.

use std::f64::consts::LN_2;

// ANCHOR: divergence
/// d(v‖v₀) in bits: the least KL at which a policy can be valid with the probability `v` that began
/// with `v0`.
///
/// ```
/// # use adaptation::frontier::divergence;
/// assert_eq!(divergence(1.0, 0.25), 2.0, "the stories that are not valid must go: two bits");
/// assert_eq!(divergence(0.25, 0.25), 0.0);
/// ```
pub fn divergence(v: f64, v0: f64) -> f64 {
    // 0 log 0 is 0: what never happens costs nothing.
    let term = |p: f64, q: f64| if p == 0.0 { 0.0 } else { p * (p / q).log2() };
    term(v, v0) + term(1.0 - v, 1.0 - v0)
}
// ANCHOR_END: divergence

// ANCHOR: best_of
/// The probability that of `n` stories one is valid.
pub fn best_of(n: u32, v0: f64) -> f64 {
    1.0 - (1.0 - v0).powf(f64::from(n))
}

/// log₂ n − (n − 1) / n · log₂ e: what best of `n` costs in bits where no two texts are equally good. Where
/// there are ties, and a 0/1 reward has little else, it is an upper bound (Beirami et al. 2024).
pub fn without_ties(n: u32) -> f64 {
    let n = f64::from(n);
    n.log2() - (n - 1.0) / (n * LN_2)
}
// ANCHOR_END: best_of

/// The largest probability of a valid story that a KL of `bits` can buy.
pub fn affordable(bits: f64, v0: f64) -> f64 {
    let (mut low, mut high) = (v0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if divergence(middle, v0) <= bits {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Five texts, of which the first two are valid.
    const VALID: usize = 2;

    fn normalised(weights: &[f64]) -> Vec<f64> {
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    }

    fn kl(new: &[f64], old: &[f64]) -> f64 {
        new.iter().zip(old).map(|(p, q)| if *p == 0.0 { 0.0 } else { p * (p / q).log2() }).sum()
    }

    fn validity(policy: &[f64]) -> f64 {
        policy[..VALID].iter().sum()
    }

    /// What best of n shows, by going through all lists of n texts: the first valid one, or the last of all.
    fn shown(old: &[f64], n: u32) -> Vec<f64> {
        let mut shown = vec![0.0; old.len()];
        for list in 0..old.len().pow(n) {
            let texts: Vec<usize> = (0..n).map(|i| list / old.len().pow(i) % old.len()).collect();
            let p: f64 = texts.iter().map(|&text| old[text]).product();
            let first = texts.iter().find(|text| **text < VALID);
            shown[*first.unwrap_or(&texts[texts.len() - 1])] += p;
        }
        shown
    }

    proptest! {
        #[test]
        fn no_policy_is_below_the_frontier(
            new in prop::collection::vec(0.0..1.0, 5), old in prop::collection::vec(0.01..1.0, 5),
        ) {
            prop_assume!(new.iter().sum::<f64>() > 0.0);
            let (new, old) = (normalised(&new), normalised(&old));
            let bound = divergence(validity(&new), validity(&old));
            prop_assert!(kl(&new, &old) >= bound - 1e-12);
        }

        #[test]
        fn best_of_n_is_on_it_and_below_what_it_costs_without_ties(
            old in prop::collection::vec(0.01..1.0, 5), n in 1_u32..6,
        ) {
            let old = normalised(&old);
            let (v0, new) = (validity(&old), shown(&old, n));
            prop_assert!((validity(&new) - best_of(n, v0)).abs() < 1e-12);
            let cost = kl(&new, &old);
            prop_assert!((cost - divergence(best_of(n, v0), v0)).abs() < 1e-12);
            prop_assert!(cost <= without_ties(n) + 1e-12);
        }

        #[test]
        fn what_can_be_bought_costs_what_was_given(v0 in 0.01..0.9, more in 0.0..1.0) {
            let v = v0 + more * (0.999 - v0);
            prop_assert!((affordable(divergence(v, v0), v0) - v).abs() < 1e-6);
        }
    }

    #[test]
    fn n_texts_of_which_none_is_as_good_as_another_cost_the_usual_number_of_bits() {
        // Of 2000 texts, equally likely, the best of n: text number i with a probability of (i/m)ⁿ − ((i−1)/m)ⁿ.
        let m = 2000_u32;
        for n in [2, 4, 8] {
            let up_to = |i: u32| (f64::from(i) / f64::from(m)).powf(f64::from(n));
            let new: Vec<f64> = (1..=m).map(|i| up_to(i) - up_to(i - 1)).collect();
            let old = vec![1.0 / f64::from(m); m as usize];
            // The sum over texts differs from an integral by terms of n/m.
            assert!((kl(&new, &old) - without_ties(n)).abs() < 1e-4, "{n}");
        }
    }

    #[test]
    fn all_or_nothing_has_its_price() {
        assert_eq!(divergence(0.0, 0.5), 1.0, "never valid is a policy too");
        assert_eq!(divergence(0.5, 0.0), f64::INFINITY, "what never happens cannot be made likelier");
        assert!((affordable(100.0, 0.2) - 1.0).abs() < 1e-12);
    }
}
