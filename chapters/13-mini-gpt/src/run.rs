//! A training run: all that it is made of, so that it can stop and go on, and one step of it.

use crate::Error;
use crate::corpus::Text;
use crate::data::{self, Batch, Starts};
use crate::evaluate::Exam;
use crate::initialise::initialise;
use crate::loss;
use crate::model::{Parameters, Trainable, Whole};
use crate::settings::Settings;
use crate::tokenizer::Tokens;
use deep_networks::Optimiser;
use dfdx::prelude::{BuildModule, Gradients};
use kernels::{Kernels, Workers};
use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use tensors::seeds;

/// Where the loss stood at an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Steps done.
    pub step: usize,
    /// Mean training loss in nats since the record before.
    pub train_loss: f64,
    /// Held-out loss in nats.
    pub val_loss: f64,
    /// Held-out bits per character.
    pub bits_per_char: f64,
    /// The floor of the text that was evaluated.
    pub floor_bits_per_char: Option<f64>,
}

/// The mean of numbers that come one after the other: their sum and their number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Mean(f64, usize);

impl Mean {
    /// One more.
    pub fn add(&mut self, number: f64) {
        *self = Self(self.0 + number, self.1 + 1);
    }

    /// Their mean; none of none.
    pub fn get(self) -> Option<f64> {
        (self.1 > 0).then(|| self.0 / self.1 as f64)
    }
}

/// Everything that a run is made of: what a checkpoint keeps. `P` is what is trained of the model `M`, all of it
/// where nothing else is said.
#[derive(Debug)]
pub struct Run<M, P = M> {
    /// The weights.
    pub model: M,
    /// The optimiser with its moments.
    pub optimiser: Optimiser<P>,
    /// Draws the windows.
    pub batches: ChaCha8Rng,
    /// Draws the seeds of dropout.
    pub dropout: ChaCha8Rng,
    /// What it does.
    pub settings: Settings,
    /// How text becomes tokens.
    pub tokenizer: Tokens,
    /// Fingerprint of the text that is read: another text is refused.
    pub text: u64,
    /// Training losses since the last record.
    pub pending: Mean,
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
        M: Whole<D>,
    {
        let tokenizer = Tokens::learn(M::SHAPE.vocabulary, &text.train)?;
        let mut model = M::build(device);
        initialise(&mut model, settings.seed);
        Ok(Self::of(model, tokenizer, settings, text))
    }
}

impl<M, P> Run<M, P> {
    /// The run that begins with this model, which may have learned already, and its tokenizer.
    pub fn of<D: Kernels<f32>>(model: M, tokenizer: Tokens, settings: Settings, text: &Text) -> Self
    where
        M: Trainable<D, Parameters = P>,
        P: Parameters<D>,
    {
        Self {
            optimiser: Optimiser::new(settings.adamw(), model.device()),
            model,
            batches: Self::generator(settings.seed, 0),
            dropout: Self::generator(settings.seed, 1),
            tokenizer,
            text: text.fingerprint(),
            pending: Mean::default(),
            history: Vec::new(),
            settings,
        }
    }

    /// The run's generator number `stream`: independent lists of numbers from one seed.
    pub(crate) fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
        let mut rng = seeds::generator(seed);
        rng.set_stream(stream + 1);
        rng
    }

    /// The exam on `text` that this run's models are judged by.
    pub fn exam(&self, text: &str, is_stories: bool) -> Exam {
        let exam = Exam::new(text, &self.tokenizer, is_stories);
        if self.settings.from_beginnings { exam.from_beginnings(&self.tokenizer) } else { exam }
    }

    /// The tokens of a prompt for its model: see [`data::prompt`].
    pub fn prompt(&self, text: &str) -> Vec<usize> {
        data::prompt(text, &self.tokenizer, self.settings.from_beginnings)
    }

    // ANCHOR: step
    /// One step of the optimiser, on windows drawn at random. Returns the loss before it. `gradients` is
    /// memory that the next step uses again: empty at first.
    pub fn step<D: Kernels<f32>>(
        &mut self,
        tokens: &[usize],
        starts: &Starts,
        workers: &Workers,
        gradients: &mut Vec<Gradients<f32, D>>,
    ) -> f64
    where
        M: Trainable<D, Parameters = P>,
        P: Parameters<D>,
    {
        let Settings { batch, context, .. } = self.settings;
        let batch = Batch::random(tokens, starts, batch, context, &mut self.batches);
        self.step_on(&batch, workers, gradients)
    }

    /// The same on a batch that is given.
    pub fn step_on<D: Kernels<f32>>(
        &mut self,
        batch: &Batch,
        workers: &Workers,
        gradients: &mut Vec<Gradients<f32, D>>,
    ) -> f64
    where
        M: Trainable<D, Parameters = P>,
        P: Parameters<D>,
    {
        let Settings { dropout, clip, .. } = self.settings;
        let seed = self.dropout.next_u64();
        let loss = loss::loss_and_gradients(workers, &self.model, batch, (dropout, seed), gradients);
        let rate = self.settings.schedule().rate(self.optimiser.step);
        workers.update(&mut self.optimiser, self.model.parameters_mut(), gradients, clip, rate);
        loss
    }
    // ANCHOR_END: step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::sizes::Tiny;
    use deep_networks::by_name;
    use dfdx::prelude::Cpu;

    #[test]
    fn one_batch_is_learned_by_heart() {
        let text = Text {
            train: "no text".repeat(9),
            held_out: String::new(),
            is_stories: false,
            changes: Vec::new(),
        };
        let settings = Settings {
            size: "tiny".to_owned(),
            steps: 200,
            batch: 4,
            context: 16,
            lr: 0.01,
            ..Settings::laptop()
        };
        let mut run = Run::<Gpt<Tiny>>::new(settings, &text, &Cpu::default()).unwrap();
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

    #[test]
    fn seeds_and_streams_have_generators_of_their_own() {
        let first = |seed, stream| Run::<Gpt<Tiny>>::generator(seed, stream).next_u64();
        let drawn = [first(1, 0), first(1, 1), first(2, 0), first(2, 1)];
        for i in 1..4 {
            assert!(!drawn[..i].contains(&drawn[i]), "two of {drawn:?} are the same");
        }
        assert_eq!(drawn[3], first(2, 1));
        let weights = |seed| by_name(&stepped(Settings { seed, ..short() }, 0).0.model);
        assert!(weights(1) != weights(2), "the seed does not reach the weights");
    }

    /// The settings of a short run in which each has its part.
    fn short() -> Settings {
        Settings {
            size: "tiny".to_owned(),
            steps: 6,
            batch: 2,
            context: 8,
            lr: 0.01,
            min_lr: 0.001,
            warmup: 2,
            dropout: 0.1,
            clip: 0.5,
            ..Settings::laptop()
        }
    }

    /// So many steps from the beginning of a run: the run, and the losses.
    fn stepped(settings: Settings, steps: usize) -> (Run<Gpt<Tiny>>, Vec<f64>) {
        let (train, held_out) = ("the cat sat on the mat. ".repeat(9), String::new());
        let text = Text { train, held_out, is_stories: false, changes: Vec::new() };
        let mut run = Run::new(settings, &text, &Cpu::default()).unwrap();
        let tokens: Vec<usize> = text.train.bytes().map(usize::from).collect();
        let starts = Starts::Anywhere(tokens.len() - run.settings.context);
        let (workers, mut gradients) = (Workers::with(1), Vec::new());
        let losses = (0..steps).map(|_| run.step(&tokens, &starts, &workers, &mut gradients)).collect();
        (run, losses)
    }

    #[test]
    fn every_setting_changes_what_is_learned() {
        let weights = |settings| by_name(&stepped(settings, 5).0.model);
        let usual = weights(short());
        assert!(usual == weights(short()), "the same settings gave other weights");
        for (name, other) in [
            ("steps", Settings { steps: 7, ..short() }),
            ("batch", Settings { batch: 3, ..short() }),
            ("context", Settings { context: 9, ..short() }),
            ("lr", Settings { lr: 0.02, ..short() }),
            ("min-lr", Settings { min_lr: 0.002, ..short() }),
            ("warmup", Settings { warmup: 3, ..short() }),
            ("dropout", Settings { dropout: 0.0, ..short() }),
            ("weight-decay", Settings { weight_decay: 0.0, ..short() }),
            ("clip", Settings { clip: 1e9, ..short() }),
            ("seed", Settings { seed: 7, ..short() }),
        ] {
            assert!(usual != weights(other), "--{name} changes nothing");
        }
    }

    #[test]
    fn the_first_step_is_made_at_the_first_rate() {
        // Adam's first step moves a number by the rate, up or down, however long the gradient is.
        let settings = Settings { warmup: 4, weight_decay: 0.0, ..short() };
        let [start, moved] = [0, 1].map(|steps| by_name(&stepped(settings.clone(), steps).0.model));
        let ways = start.iter().zip(&moved).flat_map(|((_, a), (_, b))| a.iter().zip(b));
        let longest = ways.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!((longest - 0.01 / 4.0).abs() < 1e-6, "a quarter of the way up to 0.01, not {longest}");
    }

    #[test]
    fn every_step_draws_dropout_anew() {
        // The same text at every step, and a rate of 0: nothing changes but dropout.
        let still = Settings { batch: 1, context: 60, lr: 0.0, min_lr: 0.0, ..short() };
        let text = vec![usize::from(b'a'); 61];
        for (dropout, changes) in [(0.0, false), (0.5, true)] {
            let (mut run, _) = stepped(Settings { dropout, ..still.clone() }, 0);
            let [one, two] =
                [(); 2].map(|()| run.step(&text, &Starts::Anywhere(1), &Workers::with(1), &mut Vec::new()));
            assert_eq!(one != two, changes, "dropout {dropout}: {one} {two}");
        }
    }
}
