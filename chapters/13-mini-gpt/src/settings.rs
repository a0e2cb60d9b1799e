//! Everything that decides what a run does: stored in its checkpoints, so that it can be resumed to
//! the same result.

use crate::{Error, Shape};
use deep_networks::{Rule, WarmupCosine};
use serde::{Deserialize, Serialize};

/// The settings of a training run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What the size of the model is called; its [`Shape`] says what it is.
    pub size: String,
    /// Steps of the optimiser.
    pub steps: usize,
    /// Windows in a batch.
    pub batch: usize,
    /// Tokens in a window.
    pub context: usize,
    /// Whether windows begin only where a text of the corpus begins, after an empty line.
    pub from_beginnings: bool,
    /// Highest learning rate.
    pub lr: f64,
    /// Learning rate at the end.
    pub min_lr: f64,
    /// Steps in which the rate rises.
    pub warmup: usize,
    /// Probability of dropout.
    pub dropout: f64,
    /// Decay of matrices.
    pub weight_decay: f64,
    /// Longest gradient.
    pub clip: f64,
    /// Steps between evaluations, each with a checkpoint.
    pub eval_every: usize,
    /// Seed of weights, batches and dropout.
    pub seed: u64,
}

impl Settings {
    /// nanoGPT's settings for laptops.
    pub fn laptop() -> Self {
        Self {
            size: "laptop".to_owned(),
            steps: 2000,
            batch: 12,
            context: 64,
            from_beginnings: false,
            lr: 1e-3,
            min_lr: 1e-4,
            warmup: 100,
            dropout: 0.0,
            weight_decay: 0.1,
            clip: 1.0,
            eval_every: 250,
            seed: 1337,
        }
    }

    /// The settings of the run that needs no arguments: what came lowest in two minutes on two
    /// cores. Every window holds a whole story.
    pub fn stories() -> Self {
        Self {
            size: "laptop-bpe".to_owned(),
            steps: 2300,
            batch: 6,
            context: 320,
            from_beginnings: true,
            lr: 3e-3,
            eval_every: 200,
            ..Self::laptop()
        }
    }

    /// Tokens in a batch at most: above all that have been used (3.2 million, for GPT-3), and few
    /// enough that their numbers do not burst the memory of a laptop.
    const LARGEST_BATCH: usize = 1 << 22;

    /// Refuses values that make no sense.
    ///
    /// # Errors
    /// [`Error::Setting`] with the option's name and what it allows.
    pub fn check(&self, shape: &Shape) -> Result<(), Error> {
        let refuse = |name, value: &dyn ToString, allowed: &str| {
            Err(Error::Setting { name, value: value.to_string(), allowed: allowed.to_owned() })
        };
        for (name, value) in [("steps", self.steps), ("batch", self.batch), ("eval-every", self.eval_every)]
        {
            if value == 0 {
                return refuse(name, &value, "give at least 1");
            }
        }
        if self.context == 0 || self.context > shape.max_context {
            return refuse(
                "context",
                &self.context,
                &format!("size {} allows 1 to {}", self.size, shape.max_context),
            );
        }
        let most = Self::LARGEST_BATCH / self.context;
        if self.batch > most {
            return refuse(
                "batch",
                &self.batch,
                &format!("a --context of {} allows 1 to {most}", self.context),
            );
        }
        let finite = |value: f64| value.is_finite() && value >= 0.0;
        for (name, value) in [("lr", self.lr), ("min-lr", self.min_lr), ("weight-decay", self.weight_decay)]
        {
            if !finite(value) {
                return refuse(name, &value, "give a number that is not negative");
            }
        }
        if !finite(self.clip) || self.clip == 0.0 {
            return refuse("clip", &self.clip, "give a positive number");
        }
        if !(0.0..1.0).contains(&self.dropout) {
            return refuse("dropout", &self.dropout, "give a probability below 1");
        }
        Ok(())
    }

    /// Tokens that a step reads.
    pub fn tokens_a_step(&self) -> usize {
        self.batch * self.context
    }

    /// The learning rate over time.
    pub fn schedule(&self) -> WarmupCosine {
        WarmupCosine { peak: self.lr, floor: self.min_lr, warmup: self.warmup, steps: self.steps }
    }

    /// The optimiser's part.
    pub fn adamw(&self) -> Rule {
        Rule::AdamW { betas: [0.9, 0.99], weight_decay: self.weight_decay }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::Laptop;

    #[test]
    fn nonsense_is_refused_by_name() {
        let shape = Shape::of::<Laptop>();
        let good = Settings::laptop();
        good.check(&shape).unwrap();
        for (bad, name) in [
            (Settings { context: 257, ..good.clone() }, "--context 257"),
            (Settings { batch: 0, ..good.clone() }, "--batch 0"),
            (Settings { batch: usize::MAX, ..good.clone() }, "--batch 18446744073709551615"),
            (
                Settings { batch: 65_537, ..good.clone() },
                "--batch 65537 is out of range: a --context of 64",
            ),
            (Settings { dropout: 1.0, ..good.clone() }, "--dropout 1"),
            (Settings { lr: f64::NAN, ..good.clone() }, "--lr NaN"),
            (Settings { clip: 0.0, ..good.clone() }, "--clip 0"),
        ] {
            let message = bad.check(&shape).unwrap_err().to_string();
            assert!(message.starts_with(name), "{message}");
        }
    }
}
