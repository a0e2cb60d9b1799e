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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lora::{Config, Lora};
    use crate::targets::Target;
    use deep_networks::{Dropout, by_name};
    use dfdx::prelude::{BuildModule, Const, Cpu, NoneTape};
    use gpt::checkpoint::Checkpoint;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use gpt::{Gpt, LanguageModel};

    type Model = Gpt<Tiny>;
    type Adapted = Lora<Tiny, Const<4>>;

    fn model() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 3);
        model
    }

    fn adapted() -> Adapted {
        let config = Config { r: 2, lora_alpha: 8.0, target_modules: Target::ALL.to_vec() };
        Lora::new(model(), config, 1).unwrap()
    }

    fn examples() -> Vec<Example> {
        let pairs = [("two", "2."), ("three", "3."), ("seven", "7."), ("nine", "9.")];
        let example = |(prompt, answer): (&str, &str)| {
            Example::new(&Tokens::Bytes.encode(prompt), &Tokens::Bytes.encode(answer), 64).unwrap()
        };
        pairs.map(example).to_vec()
    }

    fn diet() -> Diet {
        Diet::new(examples(), Asked::Answer).unwrap()
    }

    fn settings(steps: usize) -> Settings {
        Settings {
            size: "tiny".to_owned(),
            steps,
            batch: 4,
            lr: 0.01,
            min_lr: 0.001,
            warmup: 5,
            weight_decay: 0.0,
            eval_every: 4,
            ..Settings::laptop()
        }
    }

    /// A run that is stopped at `last` and goes on, and one that does neither: their checkpoints.
    fn stopped_and_whole<M: Trainable<Cpu>>(make: impl Fn() -> M, last: usize) -> [Vec<u8>; 2] {
        let [stopped, whole] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let (diet, held_out) = (diet(), examples());
        let begun = || begin(make(), &Tokens::Bytes, settings(10), &diet, 7);
        let ended = tune(&mut begun(), &diet, &held_out, stopped.path(), |event| match event {
            Event::Step { step, .. } if step == last => Err(Error::NoTargets),
            _ => Ok(()),
        });
        assert!(matches!(ended, Err(Error::NoTargets)));
        let mut resumed = Checkpoint::read(stopped.path()).unwrap().restore_into(make()).unwrap();
        assert_eq!(resumed.optimiser.step, last);
        assert_eq!(resumed.text, of_examples(&diet, 7));
        for (run, folder) in [(&mut resumed, &stopped), (&mut begun(), &whole)] {
            tune(run, &diet, &held_out, folder.path(), |_| Ok::<_, Error>(())).unwrap();
        }
        [stopped, whole].map(|folder| std::fs::read(folder.path().join(checkpoint::FILE)).unwrap())
    }

    #[test]
    fn a_run_that_was_stopped_ends_as_one_that_was_not() {
        // Between two evaluations, and where there is one.
        for last in [6, 8] {
            let [stopped, whole] = stopped_and_whole(model, last);
            assert!(stopped == whole, "all weights, stopped at {last}");
            let [stopped, whole] = stopped_and_whole(adapted, last);
            assert!(stopped == whole, "adapters, stopped at {last}");
        }
    }

    /// The loss of the answers before and after many steps.
    fn learned<M: Trainable<Cpu>>(model: M) -> [f64; 2] {
        let workers = Workers::with(2);
        let loss = |model: &M| judge(model, &Tokens::Bytes, &examples(), Asked::Answer, &workers).0;
        let before = loss(&model);
        [before, loss(&tuned(model, &Tokens::Bytes, settings(120), &diet(), &workers))]
    }

    #[test]
    fn four_answers_are_learned_by_heart() {
        let [before, after] = learned(model());
        assert!(before > 5.0 && after < 0.2, "{before} nats became {after}");
    }

    /// The vectors of tokens, with which the stream is compared, are those of an untrained model, and short: no
    /// score can be large.
    #[test]
    fn adapters_teach_next_to_nothing_to_a_model_that_knows_nothing() {
        let [before, after] = learned(adapted());
        assert!(after > 4.5 && after < before - 0.2, "{before} nats became {after}");
    }

    #[test]
    fn the_judge_counts_every_token_that_is_asked_once() {
        let (model, workers) = (model(), Workers::with(1));
        let examples: Vec<Example> = examples().into_iter().cycle().take(11).collect();
        for asked in [Asked::Answer, Asked::All] {
            let (loss, bits_per_char) = judge(&model, &Tokens::Bytes, &examples, asked, &workers);
            let all: Vec<&Example> = examples.iter().collect();
            let batch = crate::masked::batch(&all, asked);
            let expected = f64::from(model.loss(&batch, NoneTape, &mut Dropout::off()).as_vec()[0]);
            assert!((loss - expected).abs() < 1e-5, "{loss}, expected {expected}");
            // A token is a character here.
            assert!((bits_per_char - loss / LN_2).abs() < 1e-9);
        }
    }

    #[test]
    fn other_examples_another_loss_or_another_base_are_told_apart() {
        let all = Diet { asked: Asked::All, ..diet() };
        let fewer = Diet::new(examples()[1..].to_vec(), Asked::Answer).unwrap();
        let replay = diet().with(examples(), 1);
        let mut seen: Vec<u64> = [&diet(), &all, &fewer, &replay].map(|diet| of_examples(diet, 7)).to_vec();
        seen.push(of_examples(&diet(), 8));
        let different: std::collections::BTreeSet<u64> = seen.iter().copied().collect();
        assert_eq!(different.len(), seen.len());
        assert_eq!(of_examples(&diet(), 7), seen[0]);
    }

    #[test]
    fn adapters_leave_the_model_as_it_was() {
        let lora = tuned(adapted(), &Tokens::Bytes, settings(20), &diet(), &Workers::with(2));
        assert_eq!(by_name(&lora.base), by_name(&model()));
    }
}
