//! The ways to a policy that are compared.

use adaptation::advantage::{Advantage, Baseline};
use adaptation::objective::Leash;
use adaptation::policy::Recipe;
use serde::{Deserialize, Serialize};

/// How a policy is made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Way {
    /// The model that all begin with, at a temperature.
    Temperature(f64),
    /// The same, drawing from the likeliest tokens that have this probability together.
    TopP(f64),
    /// It writes, and learns what is valid: so many stories, so often, at this rate.
    Rejection { written: usize, rounds: usize, rate: f64 },
    /// It writes, and learns from pairs of a valid story and another one, each once.
    Dpo { written: usize, beta: f64, rate: f64 },
    /// It writes and is rewarded, step by step.
    Policy { kind: Kind, rate: f64, steps: usize },
}

/// Policy gradients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Grpo,
    /// With the KL to the start as a penalty in the reward, or in the loss.
    HeldInReward,
    HeldInLoss,
    /// Three steps a batch, clipped.
    Clipped,
    /// Without a baseline.
    Reinforce,
    /// Against the mean of the others, not scaled.
    LeaveOneOut,
    /// The control: each story gets another one's reward.
    Shuffled,
}

/// Of the penalties: nats of KL that a valid story is worth are 1/β.
pub const IN_REWARD: f64 = 0.07;
pub const IN_LOSS: f64 = 0.2;
/// Steps with one batch where it is clipped, and how far a token may go.
const UPDATES: usize = 3;
const CLIP: f64 = 0.2;

/// Steps of a policy gradient, and stories that are written before rejection sampling and DPO.
const STEPS: usize = 40;
const WRITTEN: usize = 2000;

impl Kind {
    pub fn recipe(self) -> Recipe {
        let grpo = Recipe::GRPO;
        match self {
            Self::Grpo | Self::Shuffled => grpo,
            Self::HeldInReward => Recipe { leash: Leash::InReward(IN_REWARD), ..grpo },
            Self::HeldInLoss => Recipe { leash: Leash::InLoss(IN_LOSS), ..grpo },
            Self::Clipped => Recipe { updates: UPDATES, clip: Some(CLIP), ..grpo },
            Self::Reinforce => Recipe::REINFORCE,
            Self::LeaveOneOut => {
                Recipe { advantage: Advantage { baseline: Baseline::LeaveOneOut, scaled: false }, ..grpo }
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Grpo => "GRPO",
            Self::HeldInReward => "GRPO, KL in the reward",
            Self::HeldInLoss => "GRPO, KL in the loss",
            Self::Clipped => "GRPO, clipped",
            Self::Reinforce => "no baseline",
            Self::LeaveOneOut => "RLOO",
            Self::Shuffled => "GRPO, rewards shuffled",
        }
    }
}

impl Way {
    /// What it is called.
    pub fn name(self) -> String {
        match self {
            Self::Temperature(1.0) => "the start".to_owned(),
            Self::Temperature(t) => format!("temperature {t}"),
            Self::TopP(p) => format!("top-p {p}"),
            Self::Rejection { rounds, rate, .. } => {
                format!(
                    "rejection sampling, {rate:e}, {rounds} round{}",
                    if rounds == 1 { "" } else { "s" }
                )
            }
            Self::Dpo { beta, rate, .. } => format!("DPO, {rate:e}, β {beta}"),
            Self::Policy { kind, rate, steps } => format!("{}, {rate:e}, {steps} steps", kind.name()),
        }
    }

    /// To which line of the figure it belongs.
    pub fn family(self) -> &'static str {
        match self {
            Self::Temperature(_) => "temperature",
            Self::TopP(_) => "top-p",
            Self::Rejection { .. } => "rejection sampling",
            Self::Dpo { .. } => "DPO",
            Self::Policy { kind: Kind::HeldInReward | Kind::HeldInLoss, .. } => "GRPO with a KL term",
            Self::Policy { .. } => "policy gradient",
        }
    }

    /// Whether the figure of pass@k shows it.
    pub fn is_typical(self) -> bool {
        match self {
            Self::Temperature(t) => t == 1.0 || t == 0.5,
            Self::Policy { kind, rate, .. } => kind == Kind::Grpo && rate != 3e-5,
            _ => false,
        }
    }

    /// Whether something is learned.
    pub fn learns(self) -> bool {
        !matches!(self, Self::Temperature(_) | Self::TopP(_))
    }

    /// All of them, those first that say most.
    pub fn all() -> Vec<Self> {
        let policy = |kind, rate| Self::Policy { kind, rate, steps: STEPS };
        let mut all: Vec<Self> = [1.0, 0.8, 0.7, 0.5].map(Self::Temperature).into();
        all.push(Self::TopP(0.9));
        all.push(policy(Kind::Grpo, 1e-4));
        all.extend([1e-4, 3e-4].map(|rate| Self::Rejection { written: WRITTEN, rounds: 1, rate }));
        all.extend([1e-5, 3e-5, 1e-4].map(|rate| Self::Dpo { written: WRITTEN, beta: 0.1, rate }));
        // The control, and the rate at which the reward's curve is steeper.
        all.extend([(Kind::Shuffled, 1e-4), (Kind::Grpo, 3e-4)].map(|(kind, rate)| policy(kind, rate)));
        all.extend([Kind::HeldInReward, Kind::Reinforce].map(|kind| policy(kind, 1e-4)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_has_a_name_of_its_own() {
        let mut names: Vec<String> = Way::all().into_iter().map(Way::name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn an_ablation_differs_from_grpo_in_what_it_says() {
        let grpo = Recipe::GRPO;
        assert_eq!(Kind::Shuffled.recipe(), grpo);
        assert_eq!(Recipe { leash: Leash::Off, ..Kind::HeldInReward.recipe() }, grpo);
        assert_eq!(Recipe { leash: Leash::Off, ..Kind::HeldInLoss.recipe() }, grpo);
        assert_eq!(Recipe { clip: None, updates: 1, ..Kind::Clipped.recipe() }, grpo);
        for kind in [Kind::Reinforce, Kind::LeaveOneOut] {
            assert_eq!(Recipe { advantage: Advantage::GRPO, ..kind.recipe() }, grpo);
        }
    }
}
