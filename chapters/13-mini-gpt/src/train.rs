//! The training loop: draw a batch, compute the gradient, shorten it, step; now and then evaluate
//! and save. What happens on the way is told as [`Event`]s: to draw and to print is for programs.
//! Several machines may train [`together`](crate::together): the first of them judges, saves and tells.

use crate::Error;
use crate::checkpoint;
use crate::corpus::Text;
use crate::data::Starts;
use crate::evaluate::Score;
use crate::fs;
use crate::model::Trainable;
use crate::run::{Mean, Record, Run};
use crate::settings::Settings;
use crate::together::{Alone, Communicator, agree, check_share};
use kernels::{Kernels, Workers};
use std::path::Path;
use std::time::{Duration, Instant};
use tokens::Tokenizer;

/// Tokens of held-out text that the evaluations on the way look at. The last one looks at all.
const QUICK_EXAM: usize = 16_384;

/// How far to train, what was done before included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// Steps of the optimiser.
    Steps(usize),
    /// Tokens read: as many steps as they pay for.
    Tokens(usize),
}

impl Budget {
    /// The steps that it pays for.
    pub fn steps(self, settings: &Settings) -> usize {
        match self {
            Self::Steps(steps) => steps,
            Self::Tokens(tokens) => tokens / settings.tokens_a_step(),
        }
    }
}

/// What happens on the way.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The folder is ours and can be written, and training begins.
    Begun {
        /// Steps done before.
        step: usize,
        /// Steps at the end.
        steps: usize,
    },
    /// A step is done.
    Step {
        /// Steps done.
        step: usize,
        /// The loss before it, in nats.
        loss: f64,
        /// How long it took.
        took: Duration,
    },
    /// The model was judged, and its checkpoint is saved.
    Evaluated {
        /// All evaluations of the run; this one is the last.
        history: &'a [Record],
    },
}

/// Trains `run` until the `budget` is spent, saving into `folder`, and tells `on` what happens. An
/// error of `on` ends the run, and everything up to there is saved. The learning rate follows the
/// run's settings, whatever the budget.
///
/// # Errors
/// When the text is too short, a file cannot be written, or the loss is not a number; and those of
/// `on`.
pub fn train<D: Kernels<f32>, M: Trainable<D>, E: From<Error>>(
    run: &mut Run<M, M::Parameters>,
    text: &Text,
    folder: &Path,
    budget: Budget,
    on: impl FnMut(Event<'_>) -> Result<(), E>,
) -> Result<(), E> {
    train_together(run, text, folder, budget, &mut Alone, on)
}

/// [`train`] of several machines together, all of which call this with the same run. Only the first of
/// them judges, saves and is told what happens: an error that it alone meets leaves the others waiting,
/// and who has started them must end them.
///
/// # Errors
/// As [`train`]; and when the batch cannot be shared out evenly, or the machines do not train the same.
pub fn train_together<D: Kernels<f32>, M: Trainable<D>, E: From<Error>>(
    run: &mut Run<M, M::Parameters>,
    text: &Text,
    folder: &Path,
    budget: Budget,
    machines: &mut dyn Communicator,
    mut on: impl FnMut(Event<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (settings, steps) = (run.settings.clone(), budget.steps(&run.settings));
    check_share(machines, settings.batch)?;
    agree(machines, "settings", format!("{settings:?} {steps}").into_bytes())?;
    agree(machines, "texts", text.fingerprint().to_le_bytes())?;
    agree(machines, "folders", folder.as_os_str().as_encoded_bytes().iter().copied())?;
    run.check_weights(machines)?;
    let is_first = machines.rank() == 0;
    let tokens = run.tokenizer.encode(&text.train);
    let exam = run.exam(&text.held_out, text.is_stories);
    for (what, count) in [("the text to train on", tokens.len()), ("the held-out text", exam.len())] {
        if count <= settings.context {
            let (what, context) = (what.to_owned(), settings.context);
            return Err(Error::TooShort { what, tokens: count, context }.into());
        }
    }
    let starts = Starts::new(&tokens, settings.context, &run.tokenizer, settings.from_beginnings);
    if starts.is_empty() {
        return Err(Error::NoBeginnings { context: settings.context }.into());
    }
    let (workers, quick, mut gradients) = (Workers::new(), exam.first(QUICK_EXAM), Vec::new());
    let _lock = if is_first { Some(fs::lock(folder)?) } else { None };
    if is_first {
        checkpoint::not_overtaken(folder, run.optimiser.step)?;
        // An unwritable folder is found now, not after minutes of training.
        checkpoint::save(folder, run)?;
        on(Event::Begun { step: run.optimiser.step, steps })?;
    }
    while run.optimiser.step < steps {
        let begun = Instant::now();
        let loss = run.step_together(&tokens, &starts, &workers, &mut gradients, machines);
        let (step, took) = (run.optimiser.step, begun.elapsed());
        if !loss.is_finite() {
            let (saved, path) = (last_saved(run), folder.to_owned());
            return Err(Error::NotANumber { step, saved, path }.into());
        }
        let is_time = step.is_multiple_of(settings.eval_every) && step < steps;
        if is_time {
            run.check_weights(machines)?;
        }
        if !is_first {
            continue;
        }
        run.pending.add(loss);
        let told = on(Event::Step { step, loss, took });
        // A run that is stopped where it is to be judged is judged first: it would go on without.
        if is_time {
            record(run, quick.score(&run.model, settings.context, &workers), folder)?;
            save(run, folder)?;
        } else if told.is_err() {
            checkpoint::save(folder, run)?;
        }
        told?;
        if is_time {
            on(Event::Evaluated { history: &run.history })?;
        }
    }
    run.check_weights(machines)?;
    if !is_first {
        return Ok(());
    }
    // Nothing is pending where a finished run is trained no further: it was judged.
    let is_judged = run.pending == Mean::default();
    if !is_judged {
        record(run, exam.score(&run.model, settings.context, &workers), folder)?;
    }
    save(run, folder)?;
    if is_judged { Ok(()) } else { on(Event::Evaluated { history: &run.history }) }
}

/// The step of the last evaluation, whose checkpoint is kept.
fn last_saved<M, P>(run: &Run<M, P>) -> usize {
    run.history.last().map_or(0, |record| record.step)
}

/// Nats above the loss of a blind guess that a training loss must not reach: a run that has
/// diverged is not worth going on with, nor saving.
const HOPELESS: f64 = 0.5;

/// Adds an evaluation to the run's history.
fn record<D: Kernels<f32>, M: Trainable<D>>(
    run: &mut Run<M, M::Parameters>,
    score: Score,
    folder: &Path,
) -> Result<(), Error> {
    let (step, saved, path) = (run.optimiser.step, last_saved(run), folder.to_owned());
    let loss = run.pending.get().unwrap_or(f64::NAN);
    if !score.loss.is_finite() {
        return Err(Error::NotANumber { step, saved, path });
    }
    if loss > (M::SHAPE.vocabulary as f64).ln() + HOPELESS {
        return Err(Error::Diverged { step, loss, saved, path });
    }
    run.pending = Mean::default();
    run.history.push(Record {
        step,
        train_loss: loss,
        val_loss: score.loss,
        bits_per_char: score.bits_per_char,
        floor_bits_per_char: score.floor_bits_per_char,
    });
    Ok(())
}

/// Saves the run, and keeps its checkpoint as that of the last evaluation.
fn save<D: Kernels<f32>, M: Trainable<D>>(run: &Run<M, M::Parameters>, folder: &Path) -> Result<(), Error> {
    checkpoint::save(folder, run)?;
    let Some(last) = run.history.last() else { return Ok(()) };
    let lowest = run.history.iter().map(|record| record.val_loss).fold(f64::INFINITY, f64::min);
    checkpoint::keep(folder, last.step, last.val_loss <= lowest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::checkpoint::Checkpoint;
    use crate::evaluate::Exam;
    use crate::sizes::Tiny;
    use dfdx::prelude::Cpu;
    use std::f64::consts::LN_2;

    fn text() -> Text {
        let text = "the cat sat on the mat, and the other cat sat on it too. ";
        Text { train: text.repeat(9), held_out: text.to_owned(), is_stories: false, changes: Vec::new() }
    }

    fn run() -> Run<Gpt<Tiny>> {
        let settings = Settings {
            size: "tiny".to_owned(),
            steps: 100,
            batch: 3,
            context: 16,
            eval_every: 4,
            ..Settings::laptop()
        };
        Run::new(settings, &text(), &Cpu::default()).unwrap()
    }

    #[test]
    fn a_budget_of_tokens_is_spent_and_what_happens_is_told_in_order() {
        let (folder, mut run) = (tempfile::tempdir().unwrap(), run());
        let mut told = Vec::new();
        // 48 tokens a step: they pay for seven, and something is left.
        train(&mut run, &text(), folder.path(), Budget::Tokens(7 * 48 + 47), |event| {
            told.push(match event {
                Event::Begun { step, steps } => format!("begun at {step} of {steps}"),
                Event::Step { step, loss, .. } => format!("{step} {}", loss.is_finite()),
                Event::Evaluated { history } => {
                    // What is told of is saved.
                    let saved = Checkpoint::read(folder.path()).unwrap().header;
                    assert_eq!(saved.history, history);
                    format!("evaluated at {}", history.last().unwrap().step)
                }
            });
            Ok::<_, Error>(())
        })
        .unwrap();
        let expected = "begun at 0 of 7|1 true|2 true|3 true|4 true|evaluated at 4|5 true|6 true|7 true|evaluated at 7";
        assert_eq!(told.join("|"), expected);
        assert_eq!(run.optimiser.step, 7);
    }

    #[test]
    fn an_error_of_the_listener_ends_the_run_and_loses_no_step() {
        // Between two evaluations, and where there is one.
        for last in [6, 8] {
            let (folder, mut stopped, mut whole) = (tempfile::tempdir().unwrap(), run(), run());
            let ended =
                train(&mut stopped, &text(), folder.path(), Budget::Steps(9), |event| match event {
                    Event::Step { step, .. } if step == last => Err(anyhow::anyhow!("enough")),
                    _ => Ok(()),
                });
            assert_eq!(ended.unwrap_err().to_string(), "enough");
            let mut stopped: Run<Gpt<Tiny>> =
                Checkpoint::read(folder.path()).unwrap().restore(&Cpu::default()).unwrap();
            assert_eq!(stopped.optimiser.step, last);
            let other = tempfile::tempdir().unwrap();
            for (run, folder) in [(&mut stopped, &folder), (&mut whole, &other)] {
                train(run, &text(), folder.path(), Budget::Steps(9), |_| Ok::<_, Error>(())).unwrap();
            }
            let bytes =
                |folder: &tempfile::TempDir| std::fs::read(folder.path().join(checkpoint::FILE)).unwrap();
            assert!(
                bytes(&folder) == bytes(&other),
                "stopped at {last}, it ends as one that was not stopped"
            );
        }
    }

    #[test]
    fn the_best_checkpoint_and_the_last_three_are_kept() {
        let (folder, mut run) = (tempfile::tempdir().unwrap(), run());
        for (step, val_loss) in (1..).zip([3.0, 2.0, 2.5, 2.1, 2.2]) {
            run.optimiser.step = step;
            let (bits_per_char, floor_bits_per_char) = (val_loss / LN_2, None);
            run.history.push(Record {
                step,
                train_loss: 2.0,
                val_loss,
                bits_per_char,
                floor_bits_per_char,
            });
            save(&run, folder.path()).unwrap();
        }
        let step = |name: &str| Checkpoint::read(&folder.path().join(name)).unwrap().header.step;
        assert_eq!((step(checkpoint::BEST), step(checkpoint::FILE)), (2, 5));
        let entries = std::fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut steps: Vec<String> = names.filter(|name| name.starts_with("step-")).collect();
        steps.sort_unstable();
        assert_eq!(steps.iter().map(|name| step(name)).collect::<Vec<_>>(), [3, 4, 5], "{steps:?}");
    }

    #[test]
    fn evaluations_on_the_way_read_a_part_and_the_last_one_all() {
        let mut text = text();
        // What the quick exam leaves out is of another kind.
        text.held_out = "a".repeat(QUICK_EXAM) + &"cat ".repeat(QUICK_EXAM / 4);
        let mut run = run();
        // At a rate of 0 the model that is judged stays the same.
        run.settings = Settings { lr: 0.0, min_lr: 0.0, eval_every: 1, ..run.settings };
        let folder = tempfile::tempdir().unwrap();
        train(&mut run, &text, folder.path(), Budget::Steps(2), |_| Ok::<_, Error>(())).unwrap();
        let exam = run.exam(&text.held_out, false);
        let loss = |exam: &Exam| exam.score(&run.model, 16, &Workers::with(2)).loss;
        let found = [run.history[0].val_loss, run.history[1].val_loss];
        let expected = [loss(&exam.first(QUICK_EXAM)), loss(&exam)];
        assert_eq!(found, expected);
        assert!((expected[0] - expected[1]).abs() > 1e-3, "{expected:?}: exams that cannot be told apart");
    }

    #[test]
    fn a_record_holds_the_mean_loss_since_the_one_before() {
        let (folder, mut run, mut losses) = (tempfile::tempdir().unwrap(), run(), Vec::new());
        let mut trained = |run: &mut Run<Gpt<Tiny>>| {
            let mut told = 0;
            train(run, &text(), folder.path(), Budget::Steps(7), |event| {
                match event {
                    Event::Step { loss, .. } => losses.push(loss),
                    Event::Evaluated { .. } => told += 1,
                    Event::Begun { .. } => {}
                }
                Ok::<_, Error>(())
            })
            .unwrap();
            told
        };
        // After steps 4 and 7. What is finished is not judged again.
        assert_eq!((trained(&mut run), trained(&mut run)), (2, 0));
        let mean = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
        let recorded: Vec<f64> = run.history.iter().map(|record| record.train_loss).collect();
        assert_eq!(recorded, [mean(&losses[..4]), mean(&losses[4..])]);
    }

    #[test]
    fn a_run_that_has_diverged_ends() {
        let ended = |run: &mut Run<Gpt<Tiny>>| {
            let folder = tempfile::tempdir().unwrap();
            let ended = train(run, &text(), folder.path(), Budget::Steps(9), |_| Ok::<_, Error>(()));
            ended.unwrap_err().to_string()
        };
        // Weights that are finite and give scores that are not.
        let mut wild = run();
        wild.model.norm.gain = wild.model.norm.gain * 3e38;
        let message = ended(&mut wild);
        assert!(message.starts_with("the loss is not a number at step 1;"), "{message}");
        // Steps so long that after four of them it knows less than nothing.
        let mut wild = run();
        wild.settings = Settings { lr: 1.0, min_lr: 1.0, warmup: 0, clip: 1e9, ..wild.settings };
        let message = ended(&mut wild);
        assert!(message.contains("at step 4, worse than guessing; the checkpoint of step 0"), "{message}");
        let score =
            Score { loss: f64::NAN, perplexity: 1.0, bits_per_char: 1.0, floor_bits_per_char: None };
        let message = record(&mut run(), score, Path::new("here")).unwrap_err().to_string();
        assert!(message.starts_with("the loss is not a number at step 0;"), "{message}");
    }

    #[test]
    fn a_text_as_long_as_a_window_is_too_short() {
        for cut in [|text: &mut Text| text.train.truncate(16), |text: &mut Text| text.held_out.truncate(16)]
        {
            let (mut text, folder) = (text(), tempfile::tempdir().unwrap());
            cut(&mut text);
            let ended = train(&mut run(), &text, folder.path(), Budget::Steps(1), |_| Ok::<_, Error>(()));
            let message = ended.unwrap_err().to_string();
            assert!(message.contains("has 16 tokens, but a context of 16 needs at least 17"), "{message}");
        }
    }
}
