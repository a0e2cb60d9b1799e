//! Where all runs begin that learn from rewards: the model that the default run of `mini-gpt` has left.

use adaptation::answer::{Answer, Drawn, draw, log_p};
use adaptation::diversity::{Estimate, Words, entropy_of_valid};
use adaptation::reward::{is_valid, parsed};
use anyhow::{Result, bail};
use dfdx::prelude::{Cpu, Gradients};
use generation::Sampling;
use generation::quality::Quality;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::Text;
use gpt::data::{Batch, prompt};
use gpt::evaluate::bits;
use gpt::sizes::LaptopBpe;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use language_models::story::{self, Plot, SLOTS};
use serde::{Deserialize, Serialize};
use std::f64::consts::LN_2;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tensors::seeds;
use tokens::Tokenizer;

pub type Model = Gpt<LaptopBpe>;

/// Seeds of the runs: of what is written, and of its order.
pub const SEEDS: [u64; 3] = [1, 2, 3];
/// Stories by which a policy is judged.
pub const JUDGED: usize = 500;
/// Stories of the grammar that a policy reads.
const READ: usize = 200;
/// Stories of which runs of four words are counted.
const COUNTED: usize = 100;
/// Sets of stories that are kept in memory: one for each seed.
const KEPT: usize = SEEDS.len();

/// Ranges of seeds that do not meet: the numbers in them are those of single stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What a run learns from.
    Learning,
    /// What it is judged by.
    Exam,
    /// What a proxy is learned from.
    Labels,
    /// Of which the best are chosen.
    Pool,
}

/// The seed of story number `number` of a run.
pub fn seed_of(purpose: Purpose, run: u64, number: u64) -> u64 {
    ((purpose as u64) << 48) | (run << 32) | number
}

/// The model that runs begin with.
pub struct Start {
    pub model: Model,
    pub tokenizer: Tokens,
    /// Stories of the grammar, with their bits.
    read: Vec<(Vec<usize>, f64)>,
    pub workers: Workers,
    /// What it has written, the last first.
    written: Mutex<Vec<(Asked, Arc<Vec<Drawn>>)>>,
}

/// What for, in which run, and how many stories.
type Asked = (Purpose, u64, usize);

/// What a policy is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Judged {
    pub stories: usize,
    pub valid: usize,
    /// KL(π‖π₀), bits a story: mean and standard error.
    pub kl: [f64; 2],
    /// The entropy of the valid stories in bits; none if there are none.
    pub entropy: Option<[f64; 2]>,
    /// Bits above the floor, a story of the grammar.
    pub above: [f64; 2],
    /// Of runs of four words the share that is different.
    pub variety: f64,
    /// How often each word of each slot was told in a valid story.
    pub words: Vec<Vec<usize>>,
    /// The entropy of each slot's words in bits.
    pub slots: Vec<f64>,
}

impl Judged {
    pub fn v(&self) -> Estimate {
        Estimate::share(self.valid, self.stories)
    }
}

impl Start {
    /// The model in `folder`.
    pub fn load(folder: &Path) -> Result<Self> {
        let run: Run<Model> = Checkpoint::read(folder)?.restore(&Cpu::default())?;
        if run.settings != (Settings { steps: run.settings.steps, ..Settings::stories() }) {
            bail!("this needs the model of the default run: cargo run --release -p mini-gpt");
        }
        let mut rng = seeds::generator(19);
        rng.set_stream(300);
        let told = |_| -> Result<(Vec<usize>, f64)> {
            let story = story::tell(&mut rng);
            let ids = [prompt("", &run.tokenizer, true), run.tokenizer.encode(&story)].concat();
            Ok((ids, story::read(&story)?.bits.iter().sum()))
        };
        let read = (0..READ).map(told).collect::<Result<_>>()?;
        Ok(Self {
            model: run.model,
            tokenizer: run.tokenizer,
            read,
            workers: Workers::alone(),
            written: Mutex::default(),
        })
    }

    /// A run that begins with this model and moves at a constant rate, after a few smaller steps.
    pub fn run(&self, rate: f64, seed: u64) -> Run<Model> {
        let settings =
            Settings { lr: rate, min_lr: rate, warmup: 5, weight_decay: 0.0, seed, ..Settings::stories() };
        let nothing =
            Text { train: String::new(), held_out: String::new(), is_stories: true, changes: Vec::new() };
        Run::of(self.model.clone(), self.tokenizer.clone(), settings, &nothing)
    }

    /// So many stories of this model; those that were written last need not be written again.
    pub fn write(&self, purpose: Purpose, run: u64, count: usize) -> Arc<Vec<Drawn>> {
        let asked = (purpose, run, count);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, stories)) = written.iter().find(|(kept, _)| *kept == asked) {
            return Arc::clone(stories);
        }
        let stories = Arc::new(self.drawn(&self.model, Sampling::at(1.0), purpose, run, count));
        written.truncate(KEPT - 1);
        written.insert(0, (asked, Arc::clone(&stories)));
        stories
    }

    fn drawn(&self, model: &Model, how: Sampling, purpose: Purpose, run: u64, count: usize) -> Vec<Drawn> {
        let seeds = (0..count as u64).map(|number| seed_of(purpose, run, number));
        draw(model, (&self.tokenizer, Settings::stories().context), seeds, how, &self.workers)
    }

    /// What `model`, which has learned, is judged by.
    pub fn told(&self, model: &Model, run: u64) -> Vec<Drawn> {
        self.drawn(model, Sampling::at(1.0), Purpose::Exam, run, JUDGED)
    }

    /// Judges what `model` writes in this way.
    pub fn judge(&self, model: &Model, how: Sampling, run: u64) -> Judged {
        let drawn = self.drawn(model, how, Purpose::Exam, run, JUDGED);
        let answers: Vec<&Answer> = drawn.iter().map(|drawn| &drawn.answer).collect();
        let sum = |numbers: &[f64]| numbers.iter().sum::<f64>() / LN_2;
        let start = log_p(&self.model, &answers, &self.workers);
        let away: Vec<f64> = drawn.iter().zip(&start).map(|(d, s)| sum(&d.log_drawn) - sum(s)).collect();
        let told: Vec<(bool, f64)> =
            drawn.iter().map(|drawn| (parsed(drawn) > 0.0, -sum(&drawn.log_drawn))).collect();
        let read = |text: &str| story::read(text).ok().map(|reading| reading.plot);
        let plots: Vec<Plot> = drawn
            .iter()
            .filter(|drawn| is_valid(&drawn.text))
            .filter_map(|drawn| read(&drawn.text))
            .collect();
        let above: Vec<f64> =
            self.read.iter().map(|(ids, floor)| bits(model, ids).iter().sum::<f64>() - floor).collect();
        let texts: Vec<String> = drawn[..COUNTED].iter().map(|drawn| drawn.text.clone()).collect();
        let words = Words::of(&plots);
        let pair = |estimate: Estimate| [estimate.mean, estimate.error];
        Judged {
            stories: JUDGED,
            valid: told.iter().filter(|(valid, _)| *valid).count(),
            kl: pair(Estimate::of(&away)),
            entropy: entropy_of_valid(&told).map(pair),
            above: pair(Estimate::of(&above)),
            variety: Quality::of(&texts).variety,
            words: SLOTS.map(|slot| words.counts(slot)).into(),
            slots: SLOTS.map(|slot| words.entropy(slot)).into(),
        }
    }

    /// Steps of `run` on these batches, one after the other.
    pub fn learn(&self, run: &mut Run<Model>, batches: &[Batch]) {
        let mut gradients: Vec<Gradients<f32, Cpu>> = Vec::new();
        for batch in batches {
            run.step_on(batch, &self.workers, &mut gradients);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_story_has_two_uses() {
        let mut all = Vec::new();
        for purpose in [Purpose::Learning, Purpose::Exam, Purpose::Labels, Purpose::Pool] {
            for run in [0, 1, 3] {
                all.extend([0, 1, u64::from(u32::MAX)].map(|number| seed_of(purpose, run, number)));
            }
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
