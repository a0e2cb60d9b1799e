//! **Fine-tuning**: a model that has learned already goes on with examples. The optimiser begins anew, everything else
//! is a [`Run`] of chapter 13: what is trained may be all of the model or adapters, it is kept in a checkpoint, and
//! goes on from there to the same bytes.

use crate::Error;
use crate::masked::{Asked, Diet, Example};
use gpt::checkpoint;
use gpt::corpus::Text;
use gpt::data::Batch;
use gpt::fingerprint::fingerprint;
use gpt::loss::total_loss;
use gpt::model::Parameters;
use gpt::run::{Mean, Record};
use gpt::tokenizer::Tokens;
use gpt::train::Event;
use gpt::{Run, Settings, Trainable, fs};
use kernels::{Kernels, Workers};
use std::f64::consts::LN_2;
use std::path::Path;
use std::time::Instant;
use tokens::Tokenizer;

/// Examples that are judged together.
const ROWS: usize = 8;

/// The run that begins with `model`, on examples; `base` tells the weights of what it begins with.
pub fn begin<D: Kernels<f32>, M: Trainable<D, Parameters = P>, P: Parameters<D>>(
    model: M,
    tokenizer: &Tokens,
    settings: Settings,
    diet: &Diet,
    base: u64,
) -> Run<M, P> {
    let nothing =
        Text { train: String::new(), held_out: String::new(), is_stories: false, changes: Vec::new() };
    let mut run = Run::of(model, tokenizer.clone(), settings, &nothing);
    run.text = of_examples(diet, base);
    run
}

/// A number that tells apart what is learned from, and what was learned before.
pub fn of_examples(diet: &Diet, base: u64) -> u64 {
    let asked = u64::from(diet.asked == Asked::All);
    let parts = [&diet.new, &diet.old].into_iter().flat_map(|examples| {
        let of = |example: &Example| [example.prompt().len()].into_iter().chain(example.tokens().to_vec());
        [examples.len()].into_iter().chain(examples.iter().flat_map(of))
    });
    let numbers = [base, asked, diet.old_in_batch as u64].into_iter().chain(parts.map(|part| part as u64));
    fingerprint(numbers.flat_map(u64::to_le_bytes))
}

/// The same model after all steps of `settings`, in memory.
pub fn tuned<D: Kernels<f32>, M: Trainable<D>>(
    model: M,
    tokenizer: &Tokens,
    settings: Settings,
    diet: &Diet,
    workers: &Workers,
) -> M {
    let mut run = begin(model, tokenizer, settings, diet, 0);
    let mut gradients = Vec::new();
    while run.optimiser.step < run.settings.steps {
        let batch = diet.draw(run.settings.batch, &mut run.batches);
        run.step_on(&batch, workers, &mut gradients);
    }
    run.model
}

// ANCHOR: judge
/// The mean loss of the tokens of `examples` that are asked, in nats, and their bits per character.
pub fn judge<D: Kernels<f32>, M: Trainable<D>>(
    model: &M,
    tokenizer: &Tokens,
    examples: &[Example],
    asked: Asked,
    workers: &Workers,
) -> (f64, f64) {
    let weights: Vec<Vec<f32>> = examples.iter().map(|example| example.weights(asked)).collect();
    let all: Vec<(&[usize], &[f32])> =
        examples.iter().zip(&weights).map(|(example, weights)| (example.tokens(), &weights[..])).collect();
    let nats = total_loss(workers, model, all.chunks(ROWS).map(Batch::texts).collect());
    let asked_for = weights.iter().flatten().filter(|weight| **weight > 0.0).count();
    let bytes: Vec<u8> = all
        .iter()
        .flat_map(|(tokens, weights)| tokens[1..].iter().zip(*weights))
        .filter(|(_, weight)| **weight > 0.0)
        .flat_map(|(&token, _)| tokenizer.decode(&[token]).unwrap_or_default())
        .collect();
    let characters = String::from_utf8_lossy(&bytes).chars().count().max(1);
    (nats / asked_for as f64, nats / LN_2 / characters as f64)
}
// ANCHOR_END: judge

/// Trains `run` on `diet` until the steps of its settings are done, saving into `folder` and judging by
/// `held_out`, and tells `on` what happens. An error of `on` ends the run, and everything up to there is saved.
///
/// # Errors
/// When a file cannot be written, or the loss is not a number; and those of `on`.
///
/// # Panics
/// When nothing is held out.
pub fn tune<D: Kernels<f32>, M: Trainable<D>, E: From<Error>>(
    run: &mut Run<M, M::Parameters>,
    diet: &Diet,
    held_out: &[Example],
    folder: &Path,
    mut on: impl FnMut(Event<'_>) -> Result<(), E>,
) -> Result<(), E> {
    assert!(!held_out.is_empty(), "examples to judge by");
    let (settings, workers, mut gradients) = (run.settings.clone(), Workers::new(), Vec::new());
    let _lock = fs::lock(folder).map_err(Error::from)?;
    checkpoint::save(folder, run).map_err(Error::from)?;
    on(Event::Begun { step: run.optimiser.step, steps: settings.steps })?;
    while run.optimiser.step < settings.steps {
        let begun = Instant::now();
        let batch = diet.draw(settings.batch, &mut run.batches);
        let loss = run.step_on(&batch, &workers, &mut gradients);
        let (step, took) = (run.optimiser.step, begun.elapsed());
        if !loss.is_finite() {
            return Err(not_a_number(run, folder).into());
        }
        run.pending.add(loss);
        let told = on(Event::Step { step, loss, took });
        let is_time = step.is_multiple_of(settings.eval_every) || step == settings.steps;
        // A run that is stopped where it is to be judged is judged first: it would go on without.
        if is_time {
            let score = judge(&run.model, &run.tokenizer, held_out, diet.asked, &workers);
            record(run, score, folder)?;
        } else if told.is_err() {
            checkpoint::save(folder, run).map_err(Error::from)?;
        }
        told?;
        if is_time {
            on(Event::Evaluated { history: &run.history })?;
        }
    }
    Ok(())
}

fn not_a_number<M, P>(run: &Run<M, P>, folder: &Path) -> Error {
    let saved = run.history.last().map_or(0, |record| record.step);
    gpt::Error::NotANumber { step: run.optimiser.step, saved, path: folder.to_owned() }.into()
}

/// Adds an evaluation to the history, and saves the run as that of this evaluation too.
fn record<D: Kernels<f32>, M: Trainable<D>>(
    run: &mut Run<M, M::Parameters>,
    (loss, bits_per_char): (f64, f64),
    folder: &Path,
) -> Result<(), Error> {
    if !loss.is_finite() {
        return Err(not_a_number(run, folder));
    }
    let lowest = run.history.iter().map(|record| record.val_loss).fold(f64::INFINITY, f64::min);
    run.history.push(Record {
        step: run.optimiser.step,
        train_loss: run.pending.get().unwrap_or(f64::NAN),
        val_loss: loss,
        bits_per_char,
        floor_bits_per_char: None,
    });
    run.pending = Mean::default();
    checkpoint::save(folder, run)?;
    Ok(checkpoint::keep(folder, run.optimiser.step, loss <= lowest)?)
}
