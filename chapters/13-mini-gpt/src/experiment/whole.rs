//! A run from beginning to end, without checkpoints: what the comparisons are made of.

use super::record::Trial;
use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::corpus::Text;
use gpt::data::Starts;
use gpt::evaluate::Score;
use gpt::{Error, Run, Settings, Whole};
use kernels::Workers;
use tokens::Tokenizer;

/// Trains with `settings`, after `change` has had its way with the run, and judges by the first
/// `exam` tokens of the held-out text.
pub fn run<M: Whole<Cpu>>(
    text: &Text,
    settings: Settings,
    exam: usize,
    change: impl FnOnce(&mut Run<M>),
) -> Result<Score, Error> {
    let mut run = Run::<M>::new(settings, text, &Cpu::default())?;
    change(&mut run);
    let tokens = run.tokenizer.encode(&text.train);
    let Settings { context, steps, from_beginnings, .. } = run.settings;
    let starts = Starts::new(&tokens, context, &run.tokenizer, from_beginnings);
    let (workers, mut gradients) = (Workers::new(), Vec::new());
    for _ in 0..steps {
        run.step(&tokens, &starts, &workers, &mut gradients);
    }
    Ok(run.exam(&text.held_out, text.is_stories).first(exam).score(&run.model, context, &workers))
}

/// What `loss` is for each of the seeds.
pub fn trial(name: &str, seeds: &[u64], mut loss: impl FnMut(u64) -> Result<f64>) -> Result<Trial> {
    let losses: Vec<f64> = seeds.iter().map(|&seed| loss(seed)).collect::<Result<_>>()?;
    eprintln!("{name}: {losses:.4?}");
    Ok(Trial { name: name.to_owned(), losses })
}
