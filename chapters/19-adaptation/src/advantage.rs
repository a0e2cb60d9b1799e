//! From rewards to advantages: by how much is an answer better than was to be expected?
//!
//! The gradient of the expected reward is E[r(x) ∇ ln π(x)] (Williams 1992). Whatever does not depend on x
//! can be taken off r without changing it, since E[∇ ln π(x)] = 0: a **baseline**. It changes how much the
//! gradient of a few samples scatters.
//!
//! | baseline of answer i | the gradient on average |
//! |---|---|
//! | none | that of the expected reward |
//! | the mean of the *other* answers, RLOO (Ahmadian et al. 2024) | the same |
//! | the mean of all n, GRPO (Shao et al. 2024) | the same times 1 − 1/n: r itself is a part of the mean |
//!
//! GRPO also divides by the standard deviation of the rewards (here with n below the sum; some divide by
//! n − 1). Among the answers to one question that
//! changes the length of a step; among several questions it makes those count more of which nearly all
//! answers are right, or nearly all wrong.

use serde::{Deserialize, Serialize};

/// What is taken off the reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Baseline {
    /// Nothing.
    None,
    /// The mean over all answers to the question.
    Mean,
    /// The mean over the other answers to it.
    LeaveOneOut,
}

/// How advantages are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advantage {
    /// What is taken off.
    pub baseline: Baseline,
    /// Whether they are divided by the standard deviation of the rewards.
    pub scaled: bool,
}

impl Advantage {
    /// GRPO's.
    pub const GRPO: Self = Self { baseline: Baseline::Mean, scaled: true };

    // ANCHOR: advantages
    /// The advantages of the answers to one question. Equal rewards tell nothing: with a baseline their
    /// advantages are 0, and they are never scaled.
    pub fn of(self, rewards: &[f64]) -> Vec<f64> {
        let n = rewards.len() as f64;
        let mean = rewards.iter().sum::<f64>() / n;
        let deviation = (rewards.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
        // Equal rewards may differ from their mean by a rounding.
        let are_equal = rewards.iter().all(|r| *r == rewards[0]);
        let scale = if self.scaled && !are_equal { deviation } else { 1.0 };
        let advantage = |&r: &f64| match self.baseline {
            Baseline::None => r / scale,
            _ if are_equal => 0.0,
            Baseline::Mean => (r - mean) / scale,
            // r minus the mean of the others, (n mean − r) / (n − 1).
            Baseline::LeaveOneOut => (r - mean) * n / (n - 1.0) / scale,
        };
        rewards.iter().map(advantage).collect()
    }
    // ANCHOR_END: advantages
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NONE: Advantage = Advantage { baseline: Baseline::None, scaled: false };
    const MEAN: Advantage = Advantage { baseline: Baseline::Mean, scaled: false };
    const OTHERS: Advantage = Advantage { baseline: Baseline::LeaveOneOut, scaled: false };

    /// Of three answers with these probabilities (a softmax of their scores) and rewards: the gradient by the
    /// scores of what three draws are told to do, on average over all lists of three draws, and its variance.
    fn on_average(advantage: Advantage, p: [f64; 3], r: [f64; 3]) -> ([f64; 3], f64) {
        let (mut mean, mut square) = ([0.0; 3], 0.0);
        for list in 0..27_usize {
            let drawn = [list % 3, list / 3 % 3, list / 9];
            let likely: f64 = drawn.iter().map(|&x| p[x]).product();
            let advantages = advantage.of(&drawn.map(|x| r[x]));
            let mut slope = [0.0; 3];
            for (&x, a) in drawn.iter().zip(advantages) {
                for (k, slope) in slope.iter_mut().enumerate() {
                    *slope += a * (f64::from(u8::from(k == x)) - p[k]) / 3.0;
                }
            }
            mean.iter_mut().zip(slope).for_each(|(mean, slope)| *mean += likely * slope);
            square += likely * slope.iter().map(|slope| slope * slope).sum::<f64>();
        }
        (mean, square - mean.iter().map(|m| m * m).sum::<f64>())
    }

    /// The gradient of the expected reward, p · r, by the scores.
    fn exact(p: [f64; 3], r: [f64; 3]) -> [f64; 3] {
        let expected: f64 = p.iter().zip(r).map(|(p, r)| p * r).sum();
        [0, 1, 2].map(|k| p[k] * (r[k] - expected))
    }

    fn assert_near(a: [f64; 3], b: [f64; 3]) {
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12), "{a:?} {b:?}");
    }

    proptest! {
        #[test]
        fn no_baseline_and_that_of_the_others_leave_the_gradient_as_it_is_and_the_mean_shortens_it(
            scores in prop::array::uniform3(-2.0..2.0), r in prop::array::uniform3(-1.0..1.0),
        ) {
            let weights: [f64; 3] = scores.map(f64::exp);
            let p = weights.map(|weight| weight / weights.iter().sum::<f64>());
            assert_near(on_average(NONE, p, r).0, exact(p, r));
            assert_near(on_average(OTHERS, p, r).0, exact(p, r));
            assert_near(on_average(MEAN, p, r).0, exact(p, r).map(|slope| slope * 2.0 / 3.0));
        }
    }

    #[test]
    fn a_baseline_makes_the_gradient_of_a_few_draws_scatter_less() {
        // Nearly everything is rewarded: without a baseline every draw pulls.
        let (p, r) = ([0.6, 0.3, 0.1], [1.0, 1.0, 0.0]);
        let [none, others] = [NONE, OTHERS].map(|advantage| on_average(advantage, p, r).1);
        assert!(others < 0.5 * none, "{others} {none}");
    }

    #[test]
    fn among_right_and_wrong_answers_the_scale_changes_the_length_only() {
        let (p, r) = ([0.5, 0.2, 0.3], [1.0, 0.0, 0.0]);
        let (scaled, plain) = (on_average(Advantage::GRPO, p, r).0, exact(p, r));
        let longer = scaled[0] / plain[0];
        assert!(longer > 1.2);
        assert_near(scaled, plain.map(|slope| slope * longer));
    }

    #[test]
    fn equal_rewards_tell_nothing() {
        assert_eq!(Advantage::GRPO.of(&[0.1; 3]), [0.0; 3]);
        assert_eq!(OTHERS.of(&[0.7]), [0.0], "of one answer there are no others");
        assert_eq!(Advantage { scaled: true, ..NONE }.of(&[2.0, 2.0]), [2.0, 2.0]);
        assert_eq!(MEAN.of(&[]), [] as [f64; 0]);
    }

    #[test]
    fn by_hand() {
        // Mean ¼, standard deviation √(3/16).
        let found = Advantage::GRPO.of(&[1.0, 0.0, 0.0, 0.0]);
        assert!((found[0] - 3_f64.sqrt()).abs() < 1e-12 && (found[1] + 1.0 / 3_f64.sqrt()).abs() < 1e-12);
        assert_eq!(OTHERS.of(&[1.0, 0.0, 0.0])[0], 1.0);
    }
}
