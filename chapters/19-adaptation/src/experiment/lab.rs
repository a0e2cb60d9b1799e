//! What all runs begin with: the model of the default run of `mini-gpt`, and streams of stories that do not meet.

use adaptation::lora::{Config, Lora};
use adaptation::masked::{Diet, Example};
use adaptation::targets::Target;
use adaptation::tune::tuned;
use anyhow::{Result, bail};
use dfdx::prelude::{Const, Cpu};
use gpt::checkpoint::Checkpoint;
use gpt::evaluate::bits;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Run, Settings};
use kernels::Workers;
use kernels::measured::mean_and_error;
use language_models::story::{read, tell};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::path::Path;
use tensors::seeds;

pub type Model = Gpt<LaptopBpe>;

/// Seeds of the runs.
pub const SEEDS: [u64; 3] = [1, 2, 3];
/// Old stories by which it is judged what was forgotten.
const OLD: usize = 60;

/// Streams of stories that do not meet: each is told with a generator of its own.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    /// What a run learns from; by its seed.
    Learned(u64),
    /// What it reads again.
    Replayed(u64),
    Validation,
    Test,
    Old,
}

impl Stream {
    pub fn generator(self) -> ChaCha8Rng {
        let (stream, seed) = match self {
            Self::Learned(seed) => (0, seed),
            Self::Replayed(seed) => (1, seed),
            Self::Validation => (2, 0),
            Self::Test => (3, 0),
            Self::Old => (4, 0),
        };
        let mut rng = seeds::generator(seed);
        rng.set_stream(1900 + stream);
        rng
    }

    /// The first `count` stories of the stream.
    pub fn stories(self, count: usize) -> Vec<String> {
        let mut rng = self.generator();
        (0..count).map(|_| tell(&mut rng)).collect()
    }
}

/// What is trained.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Way {
    /// All weights.
    Full,
    /// Adapters of this rank on every matrix.
    Lora(usize),
    /// Adapters of this rank on the matrices of attention.
    Attention(usize),
    /// Adapters of this rank on those of the feed-forward networks.
    FeedForward(usize),
}

impl Way {
    /// The configuration of its adapters, if it has any. α is 16 for all ranks.
    pub fn config(self) -> Option<Config> {
        let (r, targets) = match self {
            Self::Full => return None,
            Self::Lora(r) => (r, Target::ALL.to_vec()),
            Self::Attention(r) => (r, Target::ATTENTION.to_vec()),
            Self::FeedForward(r) => (r, vec![Target::Up, Target::Down]),
        };
        Some(Config { r, lora_alpha: 16.0, target_modules: targets })
    }

    /// How many numbers are trained.
    pub fn parameters(self) -> usize {
        let shape = <Model as LanguageModel<Cpu>>::SHAPE;
        self.config().map_or(shape.total(), |config| config.parameters(&shape))
    }

    pub fn name(self) -> String {
        match self {
            Self::Full => "all weights".to_owned(),
            Self::Lora(r) => format!("rank {r}"),
            Self::Attention(r) => format!("rank {r}, attention only"),
            Self::FeedForward(r) => format!("rank {r}, feed-forward only"),
        }
    }
}

/// How a run learns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    pub steps: usize,
    /// Examples in a step.
    pub batch: usize,
    /// The highest rate.
    pub rate: f64,
    pub seed: u64,
}

pub struct Lab {
    pub model: Model,
    pub tokenizer: Tokens,
}

impl Lab {
    /// The model of the default run, which lies in `folder`.
    pub fn trained(folder: &Path) -> Result<Self> {
        let run: Run<Model> = Checkpoint::read(folder)?.restore(&Cpu::default())?;
        if run.settings != (Settings { steps: run.settings.steps, ..Settings::stories() }) {
            bail!("this needs the model of the default run: cargo run --release -p mini-gpt");
        }
        Ok(Self { model: run.model, tokenizer: run.tokenizer })
    }

    /// The model after it has learned from `diet` in this way.
    pub fn adapt(&self, way: Way, recipe: Recipe, diet: &Diet) -> Result<Model> {
        let settings = Settings {
            steps: recipe.steps,
            batch: recipe.batch,
            lr: recipe.rate,
            min_lr: recipe.rate / 10.0,
            warmup: recipe.steps / 10,
            weight_decay: 0.0,
            seed: recipe.seed,
            ..Settings::stories()
        };
        let (model, workers) = (self.model.clone(), Workers::alone());
        let Some(config) = way.config() else {
            return Ok(tuned(model, &self.tokenizer, settings, diet, &workers));
        };
        let lora = Lora::<LaptopBpe, Const<64>>::new(model, config, recipe.seed)?;
        Ok(tuned(lora, &self.tokenizer, settings, diet, &workers).merged())
    }

    /// A story as the model has read it: as an example without a prompt.
    pub fn plain(&self, story: &str) -> Result<Example, String> {
        use tokens::Tokenizer;
        let begin = gpt::data::prompt("", &self.tokenizer, true);
        let context = <Model as LanguageModel<Cpu>>::SHAPE.max_context;
        Example::new(&begin, &self.tokenizer.encode(story), context)
    }

    /// Bits above the floor that old stories cost the model: the mean, and its standard error.
    pub fn forgotten(&self, model: &Model) -> Result<(f64, f64)> {
        let mut above = Vec::new();
        // One in hundreds is longer than the context.
        for story in Stream::Old.stories(OLD) {
            if let Ok(example) = self.plain(&story) {
                let floor: f64 = read(&story)?.bits.iter().sum();
                above.push(bits(model, example.tokens()).iter().sum::<f64>() - floor);
            }
        }
        Ok(mean_and_error(&above))
    }
}
