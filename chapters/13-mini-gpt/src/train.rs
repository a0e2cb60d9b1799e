//! The training loop: draw a batch, compute the gradient, shorten it, step; now and then evaluate
//! and save.

use crate::Error;
use crate::checkpoint::{self, Record};
use crate::corpus::Text;
use crate::data::{Batch, SEPARATOR, Starts};
use crate::evaluate::{Exam, Score};
use crate::initialise::initialise;
use crate::model::LanguageModel;
use crate::parallel::Workers;
use crate::report::Report;
use crate::settings::Settings;
use crate::tokenizer::Tokens;
use deep_networks::Optimiser;
use dfdx::prelude::{BuildModule, Gradients};
use kernels::Kernels;
use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tensors::plot::Chart;
use tokens::Tokenizer;

/// Tokens of held-out text that the evaluations on the way look at. The last one looks at all.
const QUICK_EXAM: usize = 16_384;

/// Everything that a run is made of: what a checkpoint keeps.
#[derive(Debug)]
pub struct Run<M> {
    /// The weights.
    pub model: M,
    /// The optimiser with its moments.
    pub optimiser: Optimiser<M>,
    /// Draws the windows.
    pub batches: ChaCha8Rng,
    /// Draws the seeds of dropout.
    pub dropout: ChaCha8Rng,
    /// What it does.
    pub settings: Settings,
    /// How text becomes tokens.
    pub tokenizer: Tokens,
    /// Tells the text that is read.
    pub text: u64,
    /// Training losses since the last record: their sum and number.
    pub pending: (f64, usize),
    /// The evaluations so far.
    pub history: Vec<Record>,
}

impl<M> Run<M> {
    /// A run at its beginning.
    ///
    /// # Errors
    /// When the text is too small for the model's vocabulary.
    pub fn new<D: Kernels<f32>>(settings: Settings, text: &Text, device: &D) -> Result<Self, Error>
    where
        M: LanguageModel<D>,
    {
        let tokenizer = Tokens::learn(M::SHAPE.vocabulary, &text.train)?;
        let mut model = M::build(device);
        initialise(&mut model, settings.seed);
        Ok(Self {
            model,
            optimiser: Optimiser::new(settings.adamw(), device),
            batches: Self::generator(settings.seed, 0),
            dropout: Self::generator(settings.seed, 1),
            tokenizer,
            text: text.fingerprint(),
            pending: (0.0, 0),
            history: Vec::new(),
            settings,
        })
    }

    /// The exam on `text` that this run's models are judged by.
    pub fn exam(&self, text: &str, is_stories: bool) -> Exam {
        let exam = Exam::new(text, &self.tokenizer, is_stories);
        if self.settings.from_beginnings { exam.from_beginnings(&self.tokenizer) } else { exam }
    }

    /// The tokens of a prompt. A model that has read texts from their beginnings is shown where one
    /// begins; so is any model that is given nothing.
    pub fn prompt(&self, prompt: &str) -> Vec<usize> {
        let mut ids = self.tokenizer.encode(SEPARATOR);
        if !self.settings.from_beginnings {
            return if prompt.is_empty() { ids } else { self.tokenizer.encode(prompt) };
        }
        let mut ids = ids.split_off(ids.len() - 1);
        ids.extend(self.tokenizer.encode(prompt));
        ids
    }

    // ANCHOR: step
    /// One step of the optimiser. Returns the loss before it. `gradients` is memory that the next
    /// step uses again: empty at first.
    pub fn step<D: Kernels<f32>>(
        &mut self,
        tokens: &[usize],
        starts: &Starts,
        workers: &Workers,
        gradients: &mut Vec<Gradients<f32, D>>,
    ) -> f64
    where
        M: LanguageModel<D>,
    {
        let Settings { batch, context, dropout, clip, .. } = self.settings;
        let batch = Batch::random(tokens, starts, batch, context, &mut self.batches);
        let seed = self.dropout.next_u64();
        let loss = workers.gradients(&self.model, &batch, dropout, seed, gradients);
        let rate = self.settings.schedule().rate(self.optimiser.step);
        workers.update(&mut self.optimiser, &mut self.model, gradients, clip, rate);
        loss
    }
    // ANCHOR_END: step
}

/// Trains `run` to its last step, saving into `folder`. `stop` is raised from outside to interrupt
/// it.
///
/// # Errors
/// When the text is too short, a file cannot be written, the loss is not a number, the run is
/// interrupted, or a line that was asked for cannot be written (both after saving).
pub fn train<D: Kernels<f32>, M: LanguageModel<D>>(
    run: &mut Run<M>,
    text: &Text,
    folder: &Path,
    report: &mut Report,
    stop: &AtomicBool,
) -> Result<(Score, PathBuf), Error> {
    let settings = run.settings.clone();
    let tokens = run.tokenizer.encode(&text.train);
    let exam = run.exam(&text.held_out, text.is_stories);
    for (what, count) in [("the text to train on", tokens.len()), ("the held-out text", exam.len())] {
        if count <= settings.context {
            return Err(Error::TooShort {
                what: what.to_owned(),
                tokens: count,
                context: settings.context,
            });
        }
    }
    let starts = Starts::new(&tokens, settings.context, &run.tokenizer, settings.from_beginnings);
    if starts.is_empty() {
        return Err(Error::NoBeginnings { context: settings.context });
    }
    let (workers, quick, mut gradients) = (Workers::new(), exam.first(QUICK_EXAM), Vec::new());
    let _lock = checkpoint::lock(folder)?;
    checkpoint::not_overtaken(folder, run.optimiser.step)?;
    // An unwritable folder is found now, not after minutes of training.
    checkpoint::save(folder, run)?;
    report.start(run.optimiser.step, settings.steps, settings.batch * settings.context);
    while run.optimiser.step < settings.steps {
        let begun = Instant::now();
        let loss = run.step(&tokens, &starts, &workers, &mut gradients);
        let step = run.optimiser.step;
        if !loss.is_finite() {
            return Err(Error::NotANumber { step, saved: last_saved(run), path: folder.to_owned() });
        }
        run.pending = (run.pending.0 + loss, run.pending.1 + 1);
        let mut told = report.step(step, loss, begun.elapsed());
        if stop.load(Ordering::Relaxed) {
            told = Err(Error::Interrupted { step, path: folder.to_owned() });
        }
        if told.is_err() {
            checkpoint::save(folder, run)?;
            told?;
        }
        if step.is_multiple_of(settings.eval_every) && step < settings.steps {
            let score = quick.score(&run.model, settings.context, &workers);
            let record = record(run, score, folder)?;
            save(run, folder)?;
            report.evaluation(&record)?;
        }
    }
    let score = exam.score(&run.model, settings.context, &workers);
    let record = if run.pending.1 > 0 { Some(record(run, score, folder)?) } else { None };
    let path = save(run, folder)?;
    record.map_or(Ok(()), |record| report.evaluation(&record))?;
    Ok((score, path))
}

/// The step of the last evaluation, whose checkpoint is kept.
fn last_saved<M>(run: &Run<M>) -> usize {
    run.history.last().map_or(0, |record| record.step)
}

/// Nats above the loss of a blind guess that a training loss must not reach: a run that has
/// diverged is not worth going on with, nor saving.
const HOPELESS: f64 = 0.5;

fn record<D: Kernels<f32>, M: LanguageModel<D>>(
    run: &mut Run<M>,
    score: Score,
    folder: &Path,
) -> Result<Record, Error> {
    let (step, saved, path) = (run.optimiser.step, last_saved(run), folder.to_owned());
    let loss = run.pending.0 / run.pending.1 as f64;
    if !score.loss.is_finite() {
        return Err(Error::NotANumber { step, saved, path });
    }
    if loss > (M::SHAPE.vocabulary as f64).ln() + HOPELESS {
        return Err(Error::Diverged { step, loss, saved, path });
    }
    run.pending = (0.0, 0);
    let record = Record {
        step,
        train_loss: loss,
        val_loss: score.loss,
        bits_per_char: score.bits_per_char,
        floor_bits_per_char: score.floor_bits_per_char,
    };
    run.history.push(record);
    Ok(record)
}

fn save<D: Kernels<f32>, M: LanguageModel<D>>(run: &Run<M>, folder: &Path) -> Result<PathBuf, Error> {
    let path = checkpoint::save(folder, run)?;
    if let Some(last) = run.history.last() {
        let lowest = run.history.iter().map(|record| record.val_loss).fold(f64::INFINITY, f64::min);
        checkpoint::keep(folder, last.step, last.val_loss <= lowest)?;
    }
    let curve = |f: fn(&Record) -> f64| run.history.iter().map(move |r| (r.step as f64, f(r)));
    // Characters are counted in the held-out text; a token of the training text stands for as many.
    let training = |r: &Record| r.train_loss * r.bits_per_char / r.val_loss;
    let mut chart = Chart::new("Loss by step", "step", "bits per character")
        .line("training", curve(training))
        .line("held out", curve(|r| r.bits_per_char));
    if run.history.iter().all(|r| r.floor_bits_per_char.is_some()) {
        let floor = |r: &Record| (r.step as f64, r.floor_bits_per_char.unwrap_or(f64::NAN));
        chart = chart.dashes("the best possible", run.history.iter().map(floor));
    }
    let top = run.history.iter().map(|r| r.bits_per_char.max(training(r))).fold(0.0, f64::max);
    if !run.history.is_empty() {
        let figure = chart.y_range(0.0, top * 1.05).draw()?;
        let path = folder.join("loss.svg");
        checkpoint::replace(&path, figure.svg().as_bytes())
            .map_err(|source| Error::Write { path, source })?;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sizes::{Size, Tiny};
    use dfdx::prelude::Cpu;
    use tensors::seeds;

    #[test]
    fn one_batch_is_learned_by_heart() {
        let text = Text {
            train: "no text".repeat(9),
            held_out: String::new(),
            is_stories: false,
            changes: Vec::new(),
        };
        let settings = Settings {
            size: Size::Tiny,
            steps: 200,
            batch: 4,
            context: 16,
            lr: 0.01,
            ..Settings::laptop()
        };
        let mut run = Run::<Tiny<Cpu>>::new(settings, &text, &Cpu::default()).unwrap();
        // Noise, so that there is nothing to learn but the batch itself: four windows of 16, always
        // the same.
        let noise: Vec<usize> = seeds::normal(&mut seeds::generator(1), 68, 50.0)
            .iter()
            .map(|x| x.abs() as usize % 256)
            .collect();
        let (workers, mut gradients) = (Workers::with(2), Vec::new());
        let starts = Starts::At(vec![0, 17, 34, 51]);
        let losses: Vec<f64> =
            (0..200).map(|_| run.step(&noise, &starts, &workers, &mut gradients)).collect();
        let last = losses[190..].iter().sum::<f64>() / 10.0;
        assert!((losses[0] - 256_f64.ln()).abs() < 0.1, "an untrained model guesses: {}", losses[0]);
        assert!(last < 0.05, "{last}");
    }
}
