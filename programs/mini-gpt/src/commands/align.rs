//! `mini-gpt align`.

use super::train::{check_folder, check_resumed, stop_flag};
use crate::sizes;
use adaptation::align::{Lesson, Progress, align};
use adaptation::answer::Answer;
use adaptation::objective::Leash;
use adaptation::policy::Recipe;
use adaptation::preferences::read;
use clap::Args;
use dfdx::prelude::AutoDevice;
use gpt::checkpoint::Checkpoint;
use gpt::sizes::{Laptop, LaptopBpe, Tiny};
use gpt::{Gpt, Run, Settings, Shape, Sizes, Whole};
use indicatif::{ProgressBar, ProgressStyle};
use mini_gpt::Error;
use mini_gpt::program::{note, say};
use serde_json::json;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// How far a token may move with one batch where several steps are made with it.
const CLIP: f64 = 0.2;
/// β of preferences, if none is given.
const BETA: f64 = 0.1;

#[derive(Debug, Args)]
pub struct AlignArgs {
    /// Folder of the run whose model is to change
    #[arg(long)]
    model: PathBuf,
    /// File of lines like {"prompt": "…", "chosen": "…", "rejected": "…"}, where the prompt may be left out, to learn
    /// from (DPO). Without it the model writes, and is rewarded for stories that the grammar could have told (GRPO)
    #[arg(long)]
    preferences: Option<PathBuf>,
    /// Reward texts that contain this, whatever else they are
    #[arg(long, conflicts_with = "preferences")]
    wanted: Option<String>,
    /// Steps, with --resume those done before included
    #[arg(long, default_value_t = 60)]
    steps: usize,
    /// Answers that are written, or pairs that are compared, in a step [default: 64, of pairs 32]
    #[arg(long)]
    batch: Option<usize>,
    /// Learning rate, after a few smaller steps [default: 0.0001, of preferences 0.00003]
    #[arg(long)]
    lr: Option<f64>,
    /// What a nat of KL to the model at the beginning takes off a reward [default: 0]; of preferences, how many
    /// times a nat counts [default: 0.1]
    #[arg(long)]
    beta: Option<f64>,
    /// Steps of the optimiser with the answers of one step; more than one are clipped
    #[arg(long, default_value_t = 1, conflicts_with = "preferences")]
    updates: usize,
    /// Steps between checkpoints
    #[arg(long, default_value_t = 10)]
    save_every: usize,
    /// Seed of what is written, and of the order of pairs
    #[arg(long, default_value_t = 1337)]
    seed: u64,
    /// Folder of the new run
    #[arg(long)]
    out: PathBuf,
    /// Go on from the folder's checkpoint
    #[arg(long)]
    resume: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl AlignArgs {
    /// What is learned from, with a tokenizer's prompt and tokens.
    fn lesson<M>(&self, base: &Run<M>) -> Result<Lesson, Error> {
        let beta = self.beta.unwrap_or(if self.preferences.is_some() { BETA } else { 0.0 });
        let Some(path) = &self.preferences else {
            let recipe = Recipe {
                answers: self.batch(),
                updates: self.updates,
                clip: (self.updates > 1).then_some(CLIP),
                // A weight of 0 holds nothing, but says how far the policy has gone.
                leash: Leash::InReward(beta),
                ..Recipe::GRPO
            };
            return Ok(Lesson::Rewards { recipe, wanted: self.wanted.clone() });
        };
        let named = |reason: String| Error::Preferences { from: path.display().to_string(), reason };
        let text = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
        let prompt = |text: &str| base.prompt(text);
        let pairs: Vec<(Answer, Answer)> = read(&text, prompt, &base.tokenizer, base.settings.context)
            .map_err(|error| named(error.to_string()))?;
        Ok(Lesson::Preferences { pairs, beta })
    }

    fn batch(&self) -> usize {
        self.batch.unwrap_or(if self.preferences.is_some() { 32 } else { 64 })
    }

    /// The settings of a run that goes on from one of `base`: its steps are those of the optimiser.
    fn settings(&self, base: &Settings) -> Settings {
        let lr = self.lr.unwrap_or(if self.preferences.is_some() { 3e-5 } else { 1e-4 });
        Settings {
            steps: self.steps.saturating_mul(self.updates),
            batch: self.batch(),
            lr,
            min_lr: lr,
            warmup: 5,
            dropout: 0.0,
            weight_decay: 0.0,
            eval_every: self.save_every,
            seed: self.seed,
            ..base.clone()
        }
    }

    /// Refuses what makes no sense.
    fn check(&self) -> Result<(), Error> {
        let refuse = |name: &'static str, value: &dyn ToString, allowed: &str| -> Result<(), Error> {
            Err(gpt::Error::Setting { name, value: value.to_string(), allowed: allowed.to_owned() }.into())
        };
        if self.preferences.is_none() && self.batch() < 2 {
            return refuse("batch", &self.batch(), "an answer is compared with others, give 2 at least");
        }
        if !(1..=100).contains(&self.updates) {
            return refuse("updates", &self.updates, "give 1 to 100");
        }
        if self.seed > u64::from(u32::MAX) {
            return refuse("seed", &self.seed, &format!("give 0 to {}", u32::MAX));
        }
        match self.beta {
            Some(beta) if !(beta.is_finite() && beta >= 0.0) => {
                refuse("beta", &beta, "give a number that is not negative")
            }
            Some(0.0) if self.preferences.is_some() => {
                refuse("beta", &0.0, "of preferences it must be positive, or nothing is learned")
            }
            _ if self.wanted.as_deref() == Some("") => {
                refuse("wanted", &"\"\"", "every text contains nothing, give some characters")
            }
            _ => Ok(()),
        }
    }
}

/// Aligns as `args` say.
pub fn run(args: &AlignArgs) -> Result<(), Error> {
    args.check()?;
    let stored = sizes::stored(&args.model)?;
    let shape = stored.header.shape;
    if shape == Shape::of::<Tiny>() {
        of_size::<Tiny>(args, stored)
    } else if shape == Shape::of::<Laptop>() {
        of_size::<Laptop>(args, stored)
    } else if shape == Shape::of::<LaptopBpe>() {
        of_size::<LaptopBpe>(args, stored)
    } else {
        let reason = "its size is none of tiny, laptop and laptop-bpe, which can be aligned";
        Err(stored.refused(reason.to_owned()).into())
    }
}

fn of_size<S: Sizes>(args: &AlignArgs, stored: Checkpoint) -> Result<(), Error>
where
    Gpt<S, f32, AutoDevice>: Whole<AutoDevice>,
{
    check_folder(&args.out, args.resume)?;
    let base: Run<Gpt<S, f32, AutoDevice>> = stored.restore(&AutoDevice::default())?;
    let settings = args.settings(&base.settings);
    settings.check(&Shape::of::<S>())?;
    let lesson = args.lesson(&base)?;
    let mut run = if args.resume {
        let kept = Checkpoint::read(&args.out)?;
        // Told in the steps that were asked for.
        if settings.steps < kept.header.step {
            let (steps, done) = (args.steps, kept.header.step / lesson.updates());
            return Err(Error::FewerSteps { steps, done });
        }
        check_resumed(&settings, &kept.header.settings, kept.header.step)?;
        if !lesson.is_of(kept.header.text, &base.model) {
            return Err(Error::OtherLesson);
        }
        Run { settings, ..kept.restore(&AutoDevice::default())? }
    } else {
        lesson.begin(&base.model, &base.tokenizer, settings)
    };
    told(args, &mut run, &base.model, &lesson)
}

/// Aligns, and tells how it goes.
fn told<S: Sizes>(
    args: &AlignArgs,
    run: &mut Run<Gpt<S, f32, AutoDevice>>,
    start: &Gpt<S, f32, AutoDevice>,
    lesson: &Lesson,
) -> Result<(), Error>
where
    Gpt<S, f32, AutoDevice>: Whole<AutoDevice>,
{
    let stop = stop_flag();
    let folder: &Path = &args.out;
    let bar = bar(args.steps, run.optimiser.step / lesson.updates());
    let ended = align(run, start, lesson, args.steps, folder, |progress| {
        tell(args, bar.as_ref(), progress)?;
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted { step: progress.step, path: folder.to_owned() });
        }
        Ok(())
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    ended
}

/// A live bar on a terminal.
fn bar(steps: usize, done: usize) -> Option<ProgressBar> {
    std::io::stderr().is_terminal().then(|| {
        let style = "{bar:24} step {pos}/{len}  {msg}  {eta} left";
        let style = ProgressStyle::with_template(style).expect("the template is well formed");
        ProgressBar::new(steps as u64).with_style(style).with_position(done as u64)
    })
}

fn tell(args: &AlignArgs, bar: Option<&ProgressBar>, progress: Progress) -> Result<(), Error> {
    let Progress { step, right, loss, kl } = progress;
    if args.json {
        let line = if args.preferences.is_some() {
            json!({"event": "step", "step": step, "loss": loss, "right": right})
        } else {
            json!({"event": "step", "step": step, "reward": right, "kl_bits": kl})
        };
        match say(format_args!("{line}")) {
            // Nobody listens any more. The result is the checkpoint.
            Err(error) if error.exit_code() == 0 => {}
            told => told?,
        }
    }
    let line = describe(args.preferences.is_some(), progress);
    match bar {
        Some(bar) => {
            bar.set_position(step as u64);
            bar.set_message(line);
        }
        None if step.is_multiple_of(args.save_every) || step == args.steps => {
            note(format_args!("step {step}/{}  {line}", args.steps));
        }
        None => {}
    }
    Ok(())
}

/// `reward 0.312  1.43 bits from the start`, or `loss 0.652  right 0.81`.
fn describe(preferences: bool, Progress { right, loss, kl, .. }: Progress) -> String {
    if preferences {
        return format!("loss {loss:.3}  right {right:.2}");
    }
    let away = kl.map_or(String::new(), |bits| format!("  {bits:.2} bits from the start"));
    format!("reward {right:.3}{away}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_in_the_words_of_what_is_learned_from() {
        let progress = Progress { step: 3, right: 0.3125, loss: 0.6521, kl: Some(1.434) };
        assert_eq!(describe(false, progress), "reward 0.312  1.43 bits from the start");
        assert_eq!(describe(true, progress), "loss 0.652  right 0.31");
    }
}
