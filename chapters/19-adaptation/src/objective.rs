//! What a policy gradient climbs, and its slope.
//!
//! With A for the advantage of an answer, ρ = π/π_old for how much likelier a token has become since it was
//! drawn, and π₀ for the model that one began with, each token counts
//!
//! min(ρ A, clip(ρ, 1 − ε, 1 + ε) A) − β k,  k = π₀/π − ln(π₀/π) − 1
//!
//! The first part is PPO's (Schulman et al. 2017): several steps may be made with one batch, but a token
//! that has moved by more than ε in the direction that its advantage points at is left alone. The second is
//! the **KL term** of GRPO (Shao et al. 2024). On average over answers of π, k is KL(π‖π₀), and it is never
//! negative. Its *slope* is another matter: see [`Leash`].
//!
//! What a token's ln π is told to do is a weight, and with that the batches of chapter 13 need nothing new.

use crate::answer::Answer;
use gpt::data::Batch;
use serde::{Deserialize, Serialize};

/// What holds the policy to the model that it began with.
///
/// Both estimate the same number, KL(π‖π₀), without bias, and are not the same. A penalty inside the reward
/// has the slope of KL(π‖π₀). One that is differentiated where it stands has for a single draw the slope
/// E\[(1 − π₀/π) ∇ ln π\] = −E₀\[∇ ln π\], which is that of KL(π₀‖π): no gradient goes through the draw. Of a
/// whole text it also leaves out what a token does to those after it (Tang & Munos 2025).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Leash {
    /// Nothing does.
    Off,
    /// β ln(π/π₀) of the whole answer, in nats, is taken off its reward.
    InReward(f64),
    /// β k is taken off the objective at every token.
    InLoss(f64),
}

/// Over what the mean over tokens is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeanOver {
    /// First over the tokens of each answer, as GRPO was published: a token of a short answer counts more.
    Answers,
    /// Over all tokens of the batch.
    Tokens,
}

/// An answer, and what is known of it before a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollout {
    /// The answer.
    pub answer: Answer,
    /// How much better it is than was to be expected.
    pub advantage: f64,
    /// ln p of each written token by the policy that wrote it.
    pub old: Vec<f64>,
    /// The same by the model that one began with; not looked at if nothing is taken off the objective.
    pub reference: Vec<f64>,
}

/// The objective.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// ε; none: nothing is clipped.
    pub clip: Option<f64>,
    /// β of the KL term.
    pub kl: f64,
    /// How tokens count.
    pub mean: MeanOver,
}

impl Objective {
    /// How much each token of each answer counts.
    fn shares(&self, rollouts: &[Rollout]) -> Vec<f64> {
        let all: usize = rollouts.iter().map(|rollout| rollout.answer.written()).sum();
        let share = |rollout: &Rollout| match self.mean {
            MeanOver::Answers => 1.0 / (rollouts.len() * rollout.answer.written()) as f64,
            MeanOver::Tokens => 1.0 / all as f64,
        };
        rollouts.iter().map(share).collect()
    }

    /// Its value where the written tokens have the log-probabilities `log_p`.
    pub fn value(&self, rollouts: &[Rollout], log_p: &[Vec<f64>]) -> f64 {
        let mut sum = 0.0;
        for ((rollout, log_p), share) in rollouts.iter().zip(log_p).zip(self.shares(rollouts)) {
            for (t, &p) in log_p.iter().enumerate() {
                let (a, ratio) = (rollout.advantage, (p - rollout.old[t]).exp());
                let clipped = self.clip.map_or(ratio, |e| ratio.clamp(1.0 - e, 1.0 + e));
                let mut of_token = (ratio * a).min(clipped * a);
                if self.kl > 0.0 {
                    let d = rollout.reference[t] - p;
                    of_token -= self.kl * (d.exp() - d - 1.0);
                }
                sum += share * of_token;
            }
        }
        sum
    }

    // ANCHOR: slopes
    /// Its slope by the ln p of every written token.
    pub fn slopes(&self, rollouts: &[Rollout], log_p: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let shares = self.shares(rollouts);
        let of_answer = |((rollout, log_p), share): ((&Rollout, &Vec<f64>), f64)| {
            let of_token = |(t, &p): (usize, &f64)| {
                let (a, ratio) = (rollout.advantage, (p - rollout.old[t]).exp());
                // Has it gone far enough already, where its advantage wants it to go?
                let is_far =
                    self.clip.is_some_and(|e| if a > 0.0 { ratio > 1.0 + e } else { ratio < 1.0 - e });
                let mut slope = if is_far { 0.0 } else { ratio * a };
                if self.kl > 0.0 {
                    slope -= self.kl * (1.0 - (rollout.reference[t] - p).exp());
                }
                share * slope
            };
            log_p.iter().enumerate().map(of_token).collect()
        };
        rollouts.iter().zip(log_p).zip(shares).map(of_answer).collect()
    }

    /// The batch whose loss falls fastest where the objective rises fastest.
    pub fn batch(&self, rollouts: &[Rollout], log_p: &[Vec<f64>]) -> Batch {
        let weights = self.slopes(rollouts, log_p).into_iter().zip(rollouts).map(|(slopes, rollout)| {
            // The loss of a token is −ln p.
            rollout.answer.weights(slopes.into_iter().map(|slope| slope as f32))
        });
        let weights: Vec<Vec<f32>> = weights.collect();
        let texts = rollouts.iter().zip(&weights);
        Batch::texts(&texts.map(|(r, w)| (&r.answer.tokens[..], &w[..])).collect::<Vec<_>>())
    }
    // ANCHOR_END: slopes
}
