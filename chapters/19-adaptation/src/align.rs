//! A run that learns from rewards or from preferences, and is kept: it can be stopped at any step, and goes on
//! to the same bytes.
//!
//! The seeds of what is written in a step follow from the run's seed and the step alone, and so does which
//! pairs are compared: a checkpoint of chapter 13 is all that a run needs to go on.

use crate::Error;
use crate::adapter::of_weights;
use crate::answer::{Answer, Drawn};
use crate::dpo::{self, Pair};
use crate::policy::{self, Recipe};
use crate::reward::parsed;
use dfdx::prelude::Gradients;
use gpt::corpus::Text;
use gpt::fingerprint::fingerprint;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Run, Settings, Sizes, Whole, checkpoint, fs};
use kernels::{Kernels, Shareable, Workers};
use rand::seq::SliceRandom;
use std::path::Path;
use tensors::seeds;

/// What a run learns from.
#[derive(Debug, Clone)]
pub enum Lesson {
    /// The rewards of what it writes: 1 for a story of the grammar, or for a text that contains what is wanted, 0
    /// for everything else.
    Rewards {
        /// What a step does.
        recipe: Recipe,
        /// What is wanted in the place of a story of the grammar.
        wanted: Option<String>,
    },
    /// Pairs of answers, the preferred one first.
    Preferences {
        /// The pairs, one at least.
        pairs: Vec<(Answer, Answer)>,
        /// How much a preference counts against staying where one began.
        beta: f64,
    },
}

/// What happened in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Steps done: of each the optimiser may make several.
    pub step: usize,
    /// The mean reward of what was written, or the share of pairs of which the policy prefers the right one.
    pub right: f64,
    /// The loss of the preferences, or of a batch of rewards what falls where the objective rises.
    pub loss: f64,
    /// KL to the beginning in bits an answer, where it was asked for.
    pub kl: Option<f64>,
}

/// So many steps may pass without any reward. Then there is nothing to learn.
const PATIENCE: usize = 5;

impl Lesson {
    /// Steps of the optimiser in one step.
    pub fn updates(&self) -> usize {
        match self {
            Self::Rewards { recipe, .. } => recipe.updates,
            Self::Preferences { .. } => 1,
        }
    }

    /// A number that tells apart what is learned from and, by `base`, the weights that one begins with.
    fn fingerprint(&self, base: u64) -> u64 {
        let own = match self {
            Self::Rewards { recipe, wanted } => {
                serde_json::to_vec(&(recipe, wanted)).expect("numbers and names are JSON")
            }
            Self::Preferences { pairs, beta } => {
                let numbers =
                    pairs.iter().flat_map(|(chosen, rejected)| [chosen, rejected]).flat_map(|answer| {
                        [answer.prompt, answer.tokens.len()]
                            .into_iter()
                            .chain(answer.tokens.iter().copied())
                    });
                let bytes = numbers.flat_map(|number| (number as u64).to_le_bytes());
                bytes.chain(beta.to_le_bytes()).collect()
            }
        };
        fingerprint(base.to_le_bytes().into_iter().chain(own))
    }

    /// The run of this lesson that begins with `start`.
    pub fn begin<S: Sizes, D: Kernels<f32> + Shareable>(
        &self,
        start: &Gpt<S, f32, D>,
        tokenizer: &Tokens,
        settings: Settings,
    ) -> Run<Gpt<S, f32, D>>
    where
        Gpt<S, f32, D>: Whole<D>,
    {
        let nothing =
            Text { train: String::new(), held_out: String::new(), is_stories: true, changes: Vec::new() };
        let mut run = Run::of(start.clone(), tokenizer.clone(), settings, &nothing);
        run.text = self.fingerprint(of_weights(start));
        run
    }

    /// Whether a run that was kept has the lesson and the beginning that [`Self::begin`] gave it.
    pub fn is_of<S: Sizes, D: Kernels<f32> + Shareable>(&self, text: u64, start: &Gpt<S, f32, D>) -> bool
    where
        Gpt<S, f32, D>: Whole<D>,
    {
        text == self.fingerprint(of_weights(start))
    }
}

/// Teaches `run`, which began as `start`, until `steps` are done in all, saving into `folder` after every
/// `settings.eval_every` of them, at the end and where `on` ends the run with an error; `on` is told of every
/// step.
///
/// # Errors
/// When nothing is ever rewarded, a loss or a weight is not finite, or a file cannot be written; and those of
/// `on`.
pub fn align<S: Sizes, D: Kernels<f32> + Shareable, E: From<Error>>(
    run: &mut Run<Gpt<S, f32, D>>,
    start: &Gpt<S, f32, D>,
    lesson: &Lesson,
    steps: usize,
    folder: &Path,
    mut on: impl FnMut(Progress) -> Result<(), E>,
) -> Result<(), E>
where
    Gpt<S, f32, D>: Whole<D>,
{
    let save = |run: &Run<Gpt<S, f32, D>>| checkpoint::save(folder, run).map(drop).map_err(Error::from);
    let (workers, every) = (Workers::new(), run.settings.eval_every);
    let _lock = fs::lock(folder).map_err(Error::from)?;
    save(run)?;
    let mut teacher = Teacher::new(lesson, start, &workers);
    let (mut step, mut saved) = (run.optimiser.step / lesson.updates(), run.optimiser.step);
    while step < steps {
        let progress = teacher.step(run, start, step)?;
        step = progress.step;
        if !progress.loss.is_finite() {
            let path = folder.to_owned();
            return Err(Error::from(gpt::Error::NotANumber { step, saved, path }).into());
        }
        let told = on(progress);
        if step.is_multiple_of(every) || step == steps || told.is_err() {
            save(run)?;
            saved = step;
        }
        told?;
    }
    Ok(())
}

/// Whoever takes the steps.
struct Teacher<'a, D: Kernels<f32>> {
    lesson: &'a Lesson,
    workers: &'a Workers,
    gradients: Vec<Gradients<f32, D>>,
    /// Of preferences the pairs, with what the start said of them.
    pairs: Vec<Pair>,
    /// Answers so far, and whether one of them was rewarded.
    answers: usize,
    rewarded: bool,
}

impl<'a, D: Kernels<f32> + Shareable> Teacher<'a, D> {
    fn new<S: Sizes>(lesson: &'a Lesson, start: &Gpt<S, f32, D>, workers: &'a Workers) -> Self
    where
        Gpt<S, f32, D>: Whole<D>,
    {
        let pairs = match lesson {
            Lesson::Rewards { .. } => Vec::new(),
            Lesson::Preferences { pairs, .. } => Pair::all(pairs.clone(), start, workers),
        };
        Self { lesson, workers, gradients: Vec::new(), pairs, answers: 0, rewarded: false }
    }

    fn step<S: Sizes>(
        &mut self,
        run: &mut Run<Gpt<S, f32, D>>,
        start: &Gpt<S, f32, D>,
        step: usize,
    ) -> Result<Progress, Error>
    where
        Gpt<S, f32, D>: Whole<D>,
    {
        match self.lesson {
            Lesson::Rewards { recipe, wanted } => {
                let first = (run.settings.seed << 32) | (step * recipe.answers) as u64;
                let reward = |drawn: &Drawn| match wanted {
                    Some(text) => f64::from(u8::from(drawn.text.contains(text))),
                    None => parsed(drawn),
                };
                let judge = |drawn: &[Drawn]| drawn.iter().map(reward).collect();
                let with = (self.workers, &mut self.gradients);
                let seeds = first..first + recipe.answers as u64;
                let told = policy::step(run, start, recipe, seeds, judge, with)?;
                self.answers += recipe.answers;
                self.rewarded |= told.rewarded > 0;
                if !self.rewarded && step + 1 >= PATIENCE && self.answers >= PATIENCE * recipe.answers {
                    return Err(Error::NeverRewarded { answers: self.answers });
                }
                let kl = told.kl.map(|nats| nats / std::f64::consts::LN_2);
                Ok(Progress { step: step + 1, right: told.reward, loss: told.loss, kl })
            }
            Lesson::Preferences { beta, .. } => {
                let batch: Vec<Pair> = turn(self.pairs.len(), run.settings.batch, step, run.settings.seed)
                    .into_iter()
                    .map(|pair| self.pairs[pair].clone())
                    .collect();
                let margins = dpo::margins(&run.model, &batch, *beta, self.workers);
                run.step_on(&dpo::batch(&batch, &margins, *beta), self.workers, &mut self.gradients);
                let right =
                    margins.iter().filter(|margin| **margin > 0.0).count() as f64 / margins.len() as f64;
                Ok(Progress { step: step + 1, right, loss: dpo::loss(&margins), kl: None })
            }
        }
    }
}

/// Which of `pairs` are compared in a step, `batch` at a time: all of them once, in an order that the seed says,
/// then all of them in another order.
fn turn(pairs: usize, batch: usize, step: usize, seed: u64) -> Vec<usize> {
    let order = |round: usize| {
        let mut rng = seeds::generator(seed);
        rng.set_stream(round as u64 + 1);
        let mut order: Vec<usize> = (0..pairs).collect();
        order.shuffle(&mut rng);
        order
    };
    let places = step * batch..(step + 1) * batch;
    let rounds: Vec<(usize, Vec<usize>)> =
        (places.start / pairs..=(places.end - 1) / pairs).map(|round| (round, order(round))).collect();
    places.map(|place| rounds[place / pairs - rounds[0].0].1[place % pairs]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::by_name;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::checkpoint::Checkpoint;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    type Model = Gpt<Tiny>;

    fn start() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    fn settings() -> Settings {
        Settings {
            size: "tiny".to_owned(),
            batch: 3,
            lr: 3e-3,
            min_lr: 3e-3,
            warmup: 0,
            weight_decay: 0.0,
            eval_every: 2,
            ..Settings::laptop()
        }
    }

    fn lessons() -> [Lesson; 2] {
        let recipe = Recipe { answers: 6, updates: 2, clip: Some(0.2), ..Recipe::GRPO };
        let answer = |text: &str| Answer {
            tokens: format!("\n{text}\n\n").bytes().map(usize::from).collect(),
            prompt: 1,
        };
        let pairs = ["a", "b", "c", "d", "e"].map(|good| (answer(good), answer("bad"))).into();
        [Lesson::Rewards { recipe, wanted: Some("e".to_owned()) }, Lesson::Preferences { pairs, beta: 0.1 }]
    }

    fn teach(
        run: &mut Run<Model>,
        lesson: &Lesson,
        steps: usize,
        folder: &Path,
    ) -> Result<Vec<Progress>, Error> {
        let mut told = Vec::new();
        align(run, &start(), lesson, steps, folder, |progress| {
            told.push(progress);
            Ok::<_, Error>(())
        })?;
        Ok(told)
    }

    #[test]
    fn a_run_that_was_stopped_ends_as_one_that_was_not() {
        for lesson in lessons() {
            let (whole, stopped) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let begin = || lesson.begin(&start(), &Tokens::Bytes, settings());
            let told = teach(&mut begin(), &lesson, 5, whole.path()).unwrap();
            assert_eq!(told.len(), 5);
            let ended = align(&mut begin(), &start(), &lesson, 5, stopped.path(), |progress| {
                if progress.step == 3 { Err(anyhow::anyhow!("enough")) } else { Ok(()) }
            });
            assert_eq!(ended.unwrap_err().to_string(), "enough");
            let read = Checkpoint::read(stopped.path()).unwrap();
            assert!(lesson.is_of(read.header.text, &start()));
            let mut resumed: Run<Model> = read.restore(&Cpu::default()).unwrap();
            assert_eq!(teach(&mut resumed, &lesson, 5, stopped.path()).unwrap(), told[3..]);
            let bytes =
                |folder: &tempfile::TempDir| std::fs::read(folder.path().join(checkpoint::FILE)).unwrap();
            assert!(bytes(&whole) == bytes(&stopped));
            assert_ne!(by_name(&resumed.model), by_name(&start()));
        }
    }

    #[test]
    fn another_lesson_or_another_start_is_another_run() {
        let [rewards, preferences] = lessons();
        let text = rewards.begin(&start(), &Tokens::Bytes, settings()).text;
        let mut other = start();
        initialise(&mut other, 5);
        assert!(rewards.is_of(text, &start()) && !rewards.is_of(text, &other));
        assert!(!preferences.is_of(text, &start()));
        let Lesson::Rewards { recipe, .. } = rewards else { unreachable!() };
        assert!(!Lesson::Rewards { recipe, wanted: None }.is_of(text, &start()));
    }

    #[test]
    fn a_reward_that_never_comes_ends_the_run_with_a_reason() {
        let recipe = Recipe { answers: 2, ..Recipe::GRPO };
        let lesson = Lesson::Rewards { recipe, wanted: Some("a dragon".to_owned()) };
        let (mut run, folder) =
            (lesson.begin(&start(), &Tokens::Bytes, settings()), tempfile::tempdir().unwrap());
        let ended = teach(&mut run, &lesson, 50, folder.path()).unwrap_err().to_string();
        assert!(ended.starts_with("none of 10 answers was rewarded"), "{ended}");
    }

    #[test]
    fn weights_that_are_no_numbers_end_the_run_and_are_not_saved() {
        for lesson in lessons() {
            let mut run = lesson.begin(
                &start(),
                &Tokens::Bytes,
                Settings { lr: 1e30, min_lr: 1e30, clip: 1e30, ..settings() },
            );
            let folder = tempfile::tempdir().unwrap();
            let ended = teach(&mut run, &lesson, 20, folder.path()).unwrap_err().to_string();
            assert!(ended.contains("try a smaller --lr"), "{ended}");
            assert!(
                Checkpoint::read(folder.path()).unwrap().restore::<Cpu, Model>(&Cpu::default()).is_ok()
            );
        }
    }

    #[test]
    fn every_pair_has_its_turn_once_a_round() {
        let mut seen: Vec<usize> = (0..5).flat_map(|step| turn(10, 4, step, 3)).collect();
        let second = seen.split_off(10);
        assert_ne!(seen, second, "another order");
        for mut round in [seen, second] {
            round.sort_unstable();
            assert_eq!(round, (0..10).collect::<Vec<_>>());
        }
        assert_eq!(turn(2, 5, 0, 3).len(), 5, "a batch may be more than all pairs");
        assert_ne!(turn(50, 50, 0, 3), turn(50, 50, 0, 4));
    }
}
