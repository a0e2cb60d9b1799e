//! Policy gradients: write, be rewarded, and make likelier what was better than expected.
//!
//! One step of GRPO (Shao et al. 2024) or of one of its relatives: the [`Recipe`] says which. All answers
//! are to one question, and are one group.

use crate::advantage::{Advantage, Baseline};
use crate::answer::{Answer, Drawn, draw, log_p};
use crate::objective::{Leash, MeanOver, Objective, Rollout};
use crate::reward::{RewardError, checked};
use dfdx::prelude::Gradients;
use generation::Sampling;
use gpt::{Gpt, Run, Sizes, Whole};
use kernels::{Kernels, Shareable, Workers};
use serde::{Deserialize, Serialize};

// ANCHOR: recipe
/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Answers that are written for a step.
    pub answers: usize,
    /// Steps of the optimiser that are made with them.
    pub updates: usize,
    /// How rewards become advantages.
    pub advantage: Advantage,
    /// What holds the policy to its beginning.
    pub leash: Leash,
    /// How far a token may move with one batch; none: as far as it will.
    pub clip: Option<f64>,
    /// How tokens count.
    pub mean: MeanOver,
}

impl Recipe {
    /// GRPO without a KL term, with one step a batch: there is nothing to clip then.
    pub const GRPO: Self = Self {
        answers: 64,
        updates: 1,
        advantage: Advantage::GRPO,
        leash: Leash::Off,
        clip: None,
        mean: MeanOver::Tokens,
    };
    /// The policy gradient as it stands in a textbook: no baseline, no scale.
    pub const REINFORCE: Self =
        Self { advantage: Advantage { baseline: Baseline::None, scaled: false }, ..Self::GRPO };
}
// ANCHOR_END: recipe

/// What came of the answers of one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Their mean reward.
    pub reward: f64,
    /// Of how many the reward was positive.
    pub rewarded: usize,
    /// The mean of ln(π/π₀) over them, in nats: an estimate of KL(π‖π₀). None where nothing asked for it.
    pub kl: Option<f64>,
    /// The loss of the last batch: of its weights, the sum of w times −ln p. It says nothing but whether it is a
    /// number.
    pub loss: f64,
}

// ANCHOR: step
/// One step of `run`, which began as `start`: its model answers with each of `seeds`, `judge` rewards, and
/// the optimiser moves.
///
/// # Errors
/// When a reward is no finite number. Nothing was learned then.
///
/// # Panics
/// When there is no seed, or not one reward for each answer.
pub fn step<S: Sizes, D: Kernels<f32> + Shareable>(
    run: &mut Run<Gpt<S, f32, D>>,
    start: &Gpt<S, f32, D>,
    recipe: &Recipe,
    seeds: impl IntoIterator<Item = u64>,
    judge: impl Fn(&[Drawn]) -> Vec<f64>,
    (workers, gradients): (&Workers, &mut Vec<Gradients<f32, D>>),
) -> Result<Told, RewardError>
where
    Gpt<S, f32, D>: Whole<D>,
{
    let drawn = draw(&run.model, (&run.tokenizer, run.settings.context), seeds, Sampling::at(1.0), workers);
    let mut rewards = checked(judge(&drawn))?;
    assert_eq!(rewards.len(), drawn.len(), "one reward for each answer");
    let mean = rewards.iter().sum::<f64>() / rewards.len() as f64;
    let rewarded = rewards.iter().filter(|reward| **reward > 0.0).count();
    let reference = match recipe.leash {
        Leash::Off => vec![Vec::new(); drawn.len()],
        _ => log_p(start, &drawn.iter().map(|drawn| &drawn.answer).collect::<Vec<_>>(), workers),
    };
    let away: Vec<f64> = drawn
        .iter()
        .zip(&reference)
        .map(|(drawn, start)| drawn.log_p.iter().zip(start).map(|(now, start)| now - start).sum())
        .collect();
    if let Leash::InReward(beta) = recipe.leash {
        rewards.iter_mut().zip(&away).for_each(|(reward, away)| *reward -= beta * away);
    }
    let rollouts: Vec<Rollout> = drawn
        .into_iter()
        .zip(reference)
        .zip(recipe.advantage.of(&rewards))
        .map(|((drawn, reference), advantage)| Rollout {
            answer: drawn.answer,
            advantage,
            old: drawn.log_p,
            reference,
        })
        .collect();
    let kl = if let Leash::InLoss(beta) = recipe.leash { beta } else { 0.0 };
    let objective = Objective { clip: recipe.clip, kl, mean: recipe.mean };
    let mut loss = 0.0;
    for update in 0..recipe.updates {
        // Before the first step the policy is the one that wrote.
        let now = if update == 0 {
            rollouts.iter().map(|rollout| rollout.old.clone()).collect()
        } else {
            log_p(
                &run.model,
                &rollouts.iter().map(|rollout| &rollout.answer).collect::<Vec<&Answer>>(),
                workers,
            )
        };
        loss = run.step_on(&objective.batch(&rollouts, &now), workers, gradients);
    }
    let has_reference = recipe.leash != Leash::Off;
    let kl = has_reference.then(|| away.iter().sum::<f64>() / away.len() as f64);
    Ok(Told { reward: mean, rewarded, kl, loss })
}
// ANCHOR_END: step

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::by_name;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::corpus::Text;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use gpt::tokenizer::Tokens;
    use gpt::{LanguageModel, Settings};

    type Model = Gpt<Tiny>;

    fn start() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    fn run() -> Run<Model> {
        let settings = Settings {
            lr: 0.01,
            min_lr: 0.01,
            warmup: 0,
            steps: 99,
            weight_decay: 0.0,
            ..Settings::laptop()
        };
        let text =
            Text { train: String::new(), held_out: String::new(), is_stories: true, changes: Vec::new() };
        Run::of(start(), Tokens::Bytes, settings, &text)
    }

    /// The share of small letters.
    fn letters(drawn: &Drawn) -> f64 {
        let written = &drawn.answer.tokens[1..];
        written.iter().filter(|token| (97..123).contains(*token)).count() as f64 / written.len() as f64
    }

    fn learned(recipe: &Recipe, steps: u64, reward: impl Fn(&Drawn) -> f64) -> (Run<Model>, Vec<Told>) {
        let (mut run, start, workers, mut gradients) = (run(), start(), Workers::with(2), Vec::new());
        let judge = |drawn: &[Drawn]| drawn.iter().map(&reward).collect();
        let step = |i: u64| {
            let seeds = i * 1000..i * 1000 + recipe.answers as u64;
            step(&mut run, &start, recipe, seeds, judge, (&workers, &mut gradients)).unwrap()
        };
        let told = (0..steps).map(step).collect();
        (run, told)
    }

    #[test]
    fn what_is_rewarded_becomes_likelier_by_every_recipe() {
        let advantage = Advantage { baseline: Baseline::LeaveOneOut, scaled: false };
        for recipe in [
            Recipe { answers: 16, ..Recipe::GRPO },
            Recipe { answers: 16, advantage, mean: MeanOver::Answers, ..Recipe::GRPO },
            Recipe { answers: 16, updates: 3, clip: Some(0.2), ..Recipe::GRPO },
        ] {
            let (_, told) = learned(&recipe, 30, letters);
            // 26 of 256 tokens at first.
            assert!(told[0].reward < 0.15 && told[29].reward > 2.0 * told[0].reward, "{told:?}");
            assert_eq!((told[0].kl, told[0].rewarded), (None, 16));
        }
    }

    #[test]
    fn a_leash_keeps_the_policy_near_its_beginning() {
        let kl = |leash| {
            let (_, told) = learned(&Recipe { answers: 16, leash, ..Recipe::GRPO }, 20, letters);
            assert!(told[0].kl.unwrap().abs() < 1e-3, "it begins there");
            told[19].kl.unwrap()
        };
        // A weight of next to nothing, to be told the KL of a policy that nothing holds.
        let free = kl(Leash::InReward(1e-9));
        for leash in [Leash::InReward(0.05), Leash::InLoss(3.0)] {
            let held = kl(leash);
            assert!(held < 0.6 * free, "{leash:?}: {held} of {free}");
        }
    }

    #[test]
    fn equal_rewards_move_nothing() {
        let (run, told) = learned(&Recipe { answers: 4, ..Recipe::GRPO }, 2, |_| 0.3);
        assert_eq!(by_name(&run.model), by_name(&start()));
        assert_eq!((told[1].reward, run.optimiser.step), (0.3, 2));
    }

    #[test]
    fn a_reward_that_is_no_number_is_refused_and_nothing_is_learned() {
        let (mut run, recipe, mut gradients) = (run(), Recipe { answers: 4, ..Recipe::GRPO }, Vec::new());
        let reward = |drawn: &Drawn| if drawn.answer.tokens.len() > 2 { f64::NAN } else { 1.0 };
        let judge = |drawn: &[Drawn]| drawn.iter().map(reward).collect();
        let ended = step(&mut run, &start(), &recipe, 0..4, judge, (&Workers::alone(), &mut gradients));
        assert!(ended.unwrap_err().to_string().contains("is NaN"));
        assert_eq!((by_name(&run.model), run.optimiser.step), (by_name(&start()), 0));
        assert_eq!(<Model as LanguageModel<Cpu>>::SHAPE.vocabulary, 256);
    }
}
