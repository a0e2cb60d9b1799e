//! What all runs of the experiment share: the model, its settings, its tokens, the stories.

use anyhow::{Result, bail};
use data_quality::judge::{Cost, above_by_kind, costs};
use data_quality::reading::{as_read, fresh, read_in_order};
use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Run, Settings, Whole};
use kernels::Workers;
use language_models::story::{self, KINDS};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::time::Instant;
use tensors::seeds;

/// Seeds of the runs: of the weights, of what is read and of its order.
pub const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];
/// Fewer of them, where runs take longer.
pub const FEW: [u64; 3] = [1, 2, 3];

/// Streams of stories that do not meet: each is told with a seed of its own.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    Tokenizer,
    Validation,
    Test,
    /// What a run reads; by its seed.
    Clean(u64),
    /// What becomes dirt, and how.
    Spoilt(u64),
    Dirt(u64),
    /// What filters choose from, and what they have learned from: stories, and how some are spoilt.
    Pool(u64),
    Known(u64),
    Labels(u64),
    /// Which of equal texts is kept.
    Ties(u64),
    Suspects(u64),
    Order(u64),
}

impl Stream {
    pub fn generator(self) -> ChaCha8Rng {
        let (stream, seed) = match self {
            Self::Tokenizer => (0, 0),
            Self::Validation => (1, 0),
            Self::Test => (2, 0),
            Self::Clean(seed) => (3, seed),
            Self::Dirt(seed) => (4, seed),
            Self::Suspects(seed) => (5, seed),
            Self::Order(seed) => (6, seed),
            Self::Spoilt(seed) => (7, seed),
            Self::Pool(seed) => (8, seed),
            Self::Known(seed) => (9, seed),
            Self::Labels(seed) => (10, seed),
            Self::Ties(seed) => (11, seed),
        };
        let mut rng = seeds::generator(seed);
        rng.set_stream(100 + stream);
        rng
    }

    /// The first `count` stories of the stream.
    pub fn stories(self, count: usize) -> Vec<String> {
        let mut rng = self.generator();
        (0..count).map(|_| story::tell(&mut rng)).collect()
    }
}

/// How much a run reads, and how.
#[derive(Debug, Clone, Copy)]
pub struct Recipe {
    /// Texts, and texts in a step.
    pub texts: usize,
    pub batch: usize,
    /// The highest rate, if no other is asked for.
    pub rate: f64,
}

/// How small models learn from nothing.
pub const SMALL: Recipe = Recipe { texts: 3840, batch: 4, rate: 8e-3 };
/// How the default run's model reads on.
pub const READING_ON: Recipe = Recipe { texts: 120, batch: 4, rate: 1e-3 };
/// How models of its size learn from nothing.
pub const FROM_NOTHING: Recipe = Recipe { texts: 2900, batch: 4, rate: 3e-3 };

/// Where runs begin, and what they share.
pub struct Lab<M> {
    /// The model that all runs begin with; none, and each begins with a model that has read nothing.
    begins: Option<M>,
    pub tokenizer: Tokens,
    pub recipe: Recipe,
    /// Over how many steps the rate rises; none: a tenth of them.
    pub warmup: Option<usize>,
    /// Stories that choose, and stories that judge.
    pub validation: Vec<String>,
    pub test: Vec<String>,
    workers: Workers,
}

/// The tokens of small models, learned from the beginnings of stories that no run reads.
pub fn tokenizer_of_beginnings(vocabulary: usize) -> Result<Tokens> {
    // More than a model has room for. Stories have no character of several bytes.
    let text: String = Stream::Tokenizer.stories(800).iter().map(|story| &story[..450]).collect();
    Ok(Tokens::learn(vocabulary, &text)?)
}

impl<M> Lab<M> {
    /// Small models that learn from nothing.
    pub fn beginnings(tokenizer: Tokens) -> Self {
        Self {
            begins: None,
            tokenizer,
            recipe: SMALL,
            warmup: None,
            validation: Stream::Validation.stories(30),
            test: Stream::Test.stories(100),
            workers: Workers::alone(),
        }
    }
}

impl Lab<Gpt<LaptopBpe>> {
    /// The model of the default run of `mini-gpt`, which lies in `folder`, reads on.
    pub fn trained(folder: &Path) -> Result<Self> {
        let run: Run<Gpt<LaptopBpe>> = Checkpoint::read(folder)?.restore(&Cpu::default())?;
        if run.settings != (Settings { steps: run.settings.steps, ..Settings::stories() }) {
            bail!("this needs the model of the default run: cargo run --release -p mini-gpt");
        }
        Ok(Self {
            begins: Some(run.model),
            tokenizer: run.tokenizer,
            recipe: READING_ON,
            warmup: None,
            validation: Stream::Validation.stories(30),
            test: Stream::Test.stories(100),
            workers: Workers::alone(),
        })
    }

    /// Models of the same size that begin with nothing, over the tokens of the default run in `folder`.
    pub fn from_nothing(folder: &Path) -> Result<Self> {
        Ok(Self { begins: None, recipe: FROM_NOTHING, ..Self::trained(folder)? })
    }

    /// The same, where the rate rises over so many steps.
    pub fn warming_up(self, steps: usize) -> Self {
        Self { warmup: Some(steps), ..self }
    }
}

impl<M: Whole<Cpu>> Lab<M> {
    /// The model that all runs begin with, if there is one.
    pub fn beginning(&self) -> Option<&M> {
        self.begins.as_ref()
    }

    /// The model of this seed that has read `texts` in order, at this highest rate, and how many tokens
    /// these are.
    pub fn read(&self, texts: &[&String], seed: u64, lr: f64) -> (M, usize) {
        let ids: Vec<Vec<usize>> = texts.iter().map(|text| self.as_read(text)).collect();
        let model = self.read_tokens(&ids.iter().map(Vec::as_slice).collect::<Vec<_>>(), seed, lr);
        (model, ids.iter().map(Vec::len).sum())
    }

    /// A text in tokens, as these models read it.
    pub fn as_read(&self, text: &str) -> Vec<usize> {
        as_read(text, &self.tokenizer, M::SHAPE.max_context)
    }

    /// The model of this seed that has read these texts in order, at this highest rate.
    pub fn read_tokens(&self, texts: &[&[usize]], seed: u64, lr: f64) -> M {
        let begun = Instant::now();
        let settings = Settings {
            batch: self.recipe.batch,
            lr,
            min_lr: lr / 10.0,
            warmup: self.warmup.unwrap_or(texts.len() / self.recipe.batch / 10),
            seed,
            ..Settings::laptop()
        };
        let model = self.begins.clone().unwrap_or_else(|| fresh(seed));
        let model = read_in_order(model, &settings, &self.tokenizer, texts, &self.workers);
        eprintln!("{} texts, seed {seed}, rate {lr}: {:.1} s", texts.len(), begun.elapsed().as_secs_f64());
        model
    }

    /// What each token of each story costs.
    pub fn judge(&self, model: &M, stories: &[String]) -> Result<Vec<Vec<Cost>>> {
        Ok(stories.iter().map(|story| costs(model, &self.tokenizer, story)).collect::<Result<_, _>>()?)
    }
}

/// Mean bits a story above the floor, by [`KINDS`].
pub fn above(stories: &[Vec<Cost>]) -> [f64; KINDS.len()] {
    above_by_kind(stories.iter().flatten()).map(|sum| sum / stories.len() as f64)
}
