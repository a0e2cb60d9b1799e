//! What all runs of the experiment share: the model, its settings, its tokens, the stories.

use anyhow::Result;
use data_quality::judge::{Cost, KINDS, above_by_kind, costs};
use data_quality::reading::{as_read, read_in_order};
use dfdx::prelude::Cpu;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, LanguageModel, Settings, Shape, Whole, sizes};
use kernels::Workers;
use language_models::story;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;
use tensors::seeds;

sizes!(
    /// 2 layers, 4 heads, 64 wide: some 190 thousand parameters, most of them the table of tokens.
    pub Small { vocab: 1024, context: 352, model: 64, heads: 4, head_dim: 16, hidden: 256, layers: 2 }
);

/// The model of the experiment.
pub type Model = Gpt<Small>;

pub const SHAPE: Shape = Shape::of::<Small>();
/// Seeds of the runs: of the weights, of what is read and of its order.
pub const SEEDS: [u64; 3] = [1, 2, 3];

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

/// Texts that a run reads.
pub const DOCUMENTS: usize = 6000;
/// Texts in a step.
const BATCH: usize = 4;
/// The highest learning rate.
pub const RATE: f64 = 4e-3;

/// What all runs share.
pub struct Lab {
    /// Learned from stories that no run reads.
    pub tokenizer: Tokens,
    /// Stories that choose, and stories that judge.
    pub validation: Vec<String>,
    pub test: Vec<String>,
    workers: Workers,
}

impl Lab {
    pub fn new() -> Result<Self> {
        Ok(Self {
            tokenizer: Tokens::learn(SHAPE.vocabulary, &Stream::Tokenizer.stories(800).concat())?,
            validation: Stream::Validation.stories(200),
            test: Stream::Test.stories(400),
            workers: Workers::new(),
        })
    }

    /// The model of this seed that has read `texts` in order, at this highest rate, and how many tokens
    /// these are.
    pub fn read<M: Whole<Cpu>>(&self, texts: &[&String], seed: u64, lr: f64) -> (M, usize) {
        let settings = Settings {
            size: "small".to_owned(),
            batch: BATCH,
            lr,
            min_lr: lr / 10.0,
            seed,
            ..Settings::laptop()
        };
        let begun = Instant::now();
        let ids = self.workers.map(texts.to_vec(), |text: &String| {
            as_read(text, &self.tokenizer, M::SHAPE.max_context)
        });
        let order: Vec<&[usize]> = ids.iter().map(Vec::as_slice).collect();
        let model = read_in_order(&settings, &self.tokenizer, &order, &self.workers);
        eprintln!("{} texts, seed {seed}, rate {lr}: {:.1} s", texts.len(), begun.elapsed().as_secs_f64());
        (model, ids.iter().map(Vec::len).sum())
    }

    /// What each token of each story costs.
    pub fn judge<M: LanguageModel<Cpu>>(&self, model: &M, stories: &[String]) -> Result<Vec<Vec<Cost>>> {
        let judge = |story: &String| costs(model, &self.tokenizer, story);
        let found = self.workers.map(stories.iter().collect(), judge);
        Ok(found.into_iter().collect::<Result<_, _>>()?)
    }
}

/// Mean bits a story above the floor, by [`KINDS`].
pub fn above(stories: &[Vec<Cost>]) -> [f64; KINDS.len()] {
    above_by_kind(stories.iter().flatten()).map(|sum| sum / stories.len() as f64)
}
