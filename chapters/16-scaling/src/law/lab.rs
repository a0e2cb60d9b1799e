//! Where runs of all sizes are made and judged alike: the same tokenizer, the same stories, as many threads.

use super::budget::{Plan, Trained, train};
use super::exam::{Exam, Marks};
use super::sizes::VOCABULARY;
use super::telling::{Told, tell};
use crate::with_rung;
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Error, Gpt, Run, Shape};
use kernels::Workers;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Seeds of the stories that choose learning rates, and of those that judge. No run learns from either.
const VALIDATION: u64 = 101;
const TEST: u64 = 102;
/// How many stories each of the two has, and how many a model writes.
pub const JUDGED: usize = 200;
/// See [`JUDGED`].
pub const WRITTEN: usize = 400;

/// What all runs have in common.
#[derive(Debug)]
pub struct Lab {
    tokenizer: Tokens,
    workers: Workers,
    validation: Exam,
    test: Exam,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Steps of the optimiser.
    pub steps: usize,
    /// D: tokens that were learned from.
    pub tokens: usize,
    /// C: what that did cost.
    pub operations: f64,
    /// On the stories for testing.
    pub marks: Marks,
    /// What became of stories that the model wrote.
    pub told: Told,
}

impl Lab {
    /// The tokenizer of the default run of `mini-gpt`, and new stories for the two exams.
    ///
    /// # Errors
    /// None that could happen: the default text is long enough for its vocabulary.
    pub fn new() -> Result<Self, Error> {
        let tokenizer = Tokens::learn(VOCABULARY, &Text::load(&Source::Stories)?.train)?;
        let exam = |seed| Exam::new(seed, JUDGED, &tokenizer);
        let (validation, test) = (exam(VALIDATION), exam(TEST));
        Ok(Self { validation, test, tokenizer, workers: Workers::new() })
    }

    /// How many names, told before, the stories for testing ask for.
    pub fn names(&self) -> usize {
        self.test.names(&self.tokenizer)
    }

    /// Bits a character on the stories for validation after a run of the model of these sizes.
    ///
    /// # Panics
    /// When it is not one of the ladder.
    pub fn validate(&self, shape: &Shape, plan: Plan) -> f64 {
        let loss = with_rung!(*shape, M => {
            let trained: Trained<M> = train(plan, &self.tokenizer, &self.workers);
            self.validation.judge(&trained.model, &self.workers).loss()
        });
        loss.expect("the sizes are one of the ladder's")
    }

    /// A run of the model of these sizes, judged.
    ///
    /// # Panics
    /// When it is not one of the ladder.
    pub fn run(&self, shape: &Shape, plan: Plan) -> Found {
        let found = with_rung!(*shape, M => {
            let Trained::<M> { model, steps, tokens, operations } =
                train(plan, &self.tokenizer, &self.workers);
            let marks = self.test.judge(&model, &self.workers);
            let told = tell(&model, WRITTEN, &self.tokenizer, &self.workers);
            Found { steps, tokens, operations, marks, told }
        });
        found.expect("the sizes are one of the ladder's")
    }

    /// What is found at a checkpoint of the default run of `mini-gpt`: at what step, and what.
    ///
    /// # Errors
    /// When there is none, or it is another model's.
    pub fn look(&self, checkpoint: &Path) -> Result<Found, Error> {
        let run: Run<Gpt<LaptopBpe>> = Checkpoint::read(checkpoint)?.restore(&Cpu::default())?;
        let (steps, tokens) = (run.optimiser.step, run.optimiser.step * run.settings.tokens_a_step());
        let a_token = 3.0 * Shape::of::<LaptopBpe>().flops_per_token(run.settings.context) as f64;
        Ok(Found {
            steps,
            tokens,
            operations: tokens as f64 * a_token,
            marks: self.test.judge(&run.model, &self.workers),
            told: tell(&run.model, WRITTEN, &self.tokenizer, &self.workers),
        })
    }
}
