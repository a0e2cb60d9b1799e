//! What all runs have in common: a model, a text, and two exams.

use anyhow::{Result, ensure};
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::evaluate::Exam;
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use tokens::Tokenizer;

/// Windows of a byte-level model of context 64.
pub const CONTEXT: usize = 64;
/// Steps in which the rate rises; then it stays.
const WARMUP: usize = 20;
/// A run that has not come to the last target by then is given up.
pub const MOST_STEPS: usize = 20_000;
/// Bytes of held-out text for choosing rates, and as many again for reporting.
const EXAM: usize = 2048;

/// The text, its tokens, and the two exams.
pub struct Task {
    text: Text,
    pub tokens: Vec<usize>,
    exams: [Exam; 2],
}

impl Task {
    pub fn load() -> Result<Self> {
        let text = Text::load(&Source::Stories)?;
        // The tokens are bytes, whatever the run.
        let run = begin(&text, 1, 1e-3, 1)?;
        let tokens = run.tokenizer.encode(&text.train);
        let exam = |text: &str| run.exam(text, false).first(EXAM);
        let half = text.held_out.len() / 2;
        ensure!(text.held_out.is_char_boundary(half), "the stories are ASCII");
        let exams = [exam(&text.held_out[..half]), exam(&text.held_out[half..])];
        Ok(Self { text, tokens, exams })
    }

    /// A run that has made no step yet.
    pub fn begin(&self, batch: usize, rate: f64, seed: u64) -> Result<Run<Gpt<Tiny>>> {
        begin(&self.text, batch, rate, seed)
    }

    /// Nats a byte on the text that chooses, and on the one that reports.
    pub fn losses(&self, run: &Run<Gpt<Tiny>>) -> [f64; 2] {
        self.exams.each_ref().map(|exam| exam.score(&run.model, CONTEXT, &Workers::alone()).loss)
    }

    /// Where windows may begin.
    pub fn starts(&self) -> Starts {
        Starts::Anywhere(self.tokens.len() - CONTEXT)
    }
}

fn begin(text: &Text, batch: usize, lr: f64, seed: u64) -> Result<Run<Gpt<Tiny>>> {
    let settings = Settings {
        size: "tiny".to_owned(),
        steps: MOST_STEPS,
        batch,
        context: CONTEXT,
        lr,
        min_lr: lr,
        warmup: WARMUP,
        seed,
        ..Settings::laptop()
    };
    Ok(Run::new(settings, text, &Cpu::default())?)
}
