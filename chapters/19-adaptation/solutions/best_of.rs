//! How likely each reward is the highest, and who shares it.

/// The probability with which each text is shown.
pub fn best_of(policy: &[f64], rewards: &[f64], n: i32) -> Vec<f64> {
    let sum = |of: &dyn Fn(f64) -> bool| -> f64 {
        policy.iter().zip(rewards).filter(|(_, r)| of(**r)).map(|(p, _)| p).sum()
    };
    let shown = |(p, &r): (&f64, &f64)| {
        if *p == 0.0 {
            return 0.0;
        }
        let (equal, below) = (sum(&|other| other == r), sum(&|other| other < r));
        p / equal * ((below + equal).powi(n) - below.powi(n))
    };
    policy.iter().zip(rewards).map(shown).collect()
}
