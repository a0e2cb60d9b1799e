//! pass@k: the probability that at least one of k answers passes.
//!
//! Of n answers c have passed. To count how often k of them hold one that did, for every choice of k,
//! gives an estimate of 1 − (1 − p)ᵏ that is right on average, which putting c / n for p is not
//! (Chen et al. 2021):
//!
//! pass@k = 1 − C(n − c, k) / C(n, k)

// ANCHOR: pass_at
/// pass@k of `n` answers, `passed` of which have passed. `None` if there are fewer than `k`.
pub fn pass_at(k: usize, n: usize, passed: usize) -> Option<f64> {
    if k > n || passed > n {
        return None;
    }
    // C(n − c, k) / C(n, k) is a product of c numbers: no binomial coefficient becomes too large.
    let none: f64 = (n - passed + 1..=n).map(|i| 1.0 - (k as f64 / i as f64).min(1.0)).product();
    Some(1.0 - none)
}
// ANCHOR_END: pass_at

/// The mean of [`pass_at`] over tasks: of each, how many of its `n` answers have passed.
pub fn mean_pass_at(k: usize, n: usize, passed: &[usize]) -> Option<f64> {
    let of_tasks: Option<Vec<f64>> = passed.iter().map(|&passed| pass_at(k, n, passed)).collect();
    of_tasks.filter(|all| !all.is_empty()).map(|all| all.iter().sum::<f64>() / all.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::Rng;
    use tensors::seeds;

    /// The share of all subsets of `k` answers in which one of the first `passed` is.
    fn by_counting(k: usize, n: usize, passed: usize) -> f64 {
        let subsets = (0_u32..1 << n).filter(|subset| subset.count_ones() as usize == k);
        let (mut all, mut with) = (0, 0);
        for subset in subsets {
            all += 1;
            with += u32::from(subset & ((1 << passed) - 1) != 0);
        }
        f64::from(with) / f64::from(all)
    }

    proptest! {
        #[test]
        fn it_is_the_share_of_subsets(n in 1_usize..11, k in 1_usize..11, passed in 0_usize..11) {
            if k > n || passed > n {
                prop_assert_eq!(pass_at(k, n, passed), None);
            } else {
                let found = pass_at(k, n, passed).unwrap();
                prop_assert!((found - by_counting(k, n, passed)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn it_is_right_on_average_where_the_share_put_into_the_formula_is_not() {
        let (p, n, k, mut rng) = (0.05, 20, 10, seeds::generator(4));
        let exact = 1.0 - (1.0_f64 - p).powi(10);
        let counts: Vec<usize> =
            (0..20_000).map(|_| (0..n).filter(|_| rng.r#gen::<f64>() < p).count()).collect();
        let mean = |of: &dyn Fn(usize) -> f64| counts.iter().map(|&c| of(c)).sum::<f64>() / 20_000.0;
        let right = mean(&|c| pass_at(k, n, c).unwrap());
        let wrong = mean(&|c| 1.0 - (1.0 - c as f64 / n as f64).powi(10));
        // A standard error of 0.4 / √20,000 = 0.003.
        assert!((right - exact).abs() < 0.009, "{right} {exact}");
        assert!(exact - wrong > 0.02, "{wrong} {exact}");
        assert_eq!(mean_pass_at(k, n, &counts), Some(right));
    }

    #[test]
    fn of_no_task_there_is_no_mean() {
        assert_eq!(mean_pass_at(1, 10, &[]), None);
        assert_eq!(mean_pass_at(11, 10, &[1]), None, "ten answers do not say what eleven would");
        assert_eq!(pass_at(3, 3, 1), Some(1.0));
        assert_eq!(pass_at(3, 300, 0), Some(0.0));
    }
}
