//! `mini-gpt train`.

use super::text::read_text;
use crate::chart;
use crate::processes;
use crate::report::Report;
use crate::sizes::{self, Named, names, with_size};
use clap::Args;
use dfdx::prelude::AutoDevice;
use gpt::checkpoint::{self, Checkpoint};
use gpt::corpus::{Source, Text};
use gpt::together::Communicator;
use gpt::train::{Budget, Event, train_together};
use gpt::{Run, Settings, Whole};
use mini_gpt::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Clone, Args)]
pub struct TrainArgs {
    /// `stories`, or a UTF-8 file. Line ends of all systems are read as LF; some 15 bytes of memory
    /// are needed for each byte of the file
    #[arg(long, default_value = "stories")]
    corpus: Source,
    /// Size of the model [default: laptop]
    #[arg(long, value_parser = names())]
    size: Option<&'static Named>,
    /// Steps of the optimiser, with --resume those done before included [default: 2000]
    #[arg(long)]
    steps: Option<usize>,
    /// Windows in a batch [default: 12]
    #[arg(long)]
    batch: Option<usize>,
    /// Tokens in a window, up to the size's own [default: 64]
    #[arg(long)]
    context: Option<usize>,
    /// Let windows begin only where a text of the corpus begins, after an empty line or one that
    /// holds only blanks
    #[arg(long)]
    from_beginnings: bool,
    /// Highest learning rate [default: 0.001]
    #[arg(long)]
    lr: Option<f64>,
    /// Learning rate at the end [default: a tenth of the highest]
    #[arg(long)]
    min_lr: Option<f64>,
    /// Steps in which the rate rises [default: 100, at most a tenth of the steps]
    #[arg(long)]
    warmup: Option<usize>,
    /// Probability of dropout [default: 0]
    #[arg(long)]
    dropout: Option<f64>,
    /// Decay of matrices [default: 0.1]
    #[arg(long)]
    weight_decay: Option<f64>,
    /// Longest gradient; longer ones are shortened [default: 1]
    #[arg(long)]
    clip: Option<f64>,
    /// Steps between evaluations, each with a checkpoint [default: 250]
    #[arg(long)]
    eval_every: Option<usize>,
    /// Seed of weights, batches and dropout [default: 1337]
    #[arg(long)]
    seed: Option<u64>,
    /// Folder of the run [default: runs/stories, or runs/ and the file's name]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Go on from the folder's checkpoint
    #[arg(long)]
    resume: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl TrainArgs {
    /// The settings of a new run.
    fn settings(&self) -> Settings {
        let default = Settings::laptop();
        let (steps, lr) = (self.steps.unwrap_or(default.steps), self.lr.unwrap_or(default.lr));
        self.over(&Settings { min_lr: lr / 10.0, warmup: default.warmup.min(steps / 10), ..default })
    }

    /// The settings that were given, and those of `base` where none was.
    fn over(&self, base: &Settings) -> Settings {
        Settings {
            size: self.size.map_or_else(|| base.size.clone(), |size| size.name.to_owned()),
            steps: self.steps.unwrap_or(base.steps),
            batch: self.batch.unwrap_or(base.batch),
            context: self.context.unwrap_or(base.context),
            from_beginnings: self.from_beginnings || base.from_beginnings,
            lr: self.lr.unwrap_or(base.lr),
            min_lr: self.min_lr.unwrap_or(base.min_lr),
            warmup: self.warmup.unwrap_or(base.warmup),
            dropout: self.dropout.unwrap_or(base.dropout),
            weight_decay: self.weight_decay.unwrap_or(base.weight_decay),
            clip: self.clip.unwrap_or(base.clip),
            eval_every: self.eval_every.unwrap_or(base.eval_every),
            seed: self.seed.unwrap_or(base.seed),
        }
    }
}

/// Trains as `args` say, together with the other processes if there are any.
pub fn run(args: &TrainArgs) -> Result<(), Error> {
    processes::together(|machines| {
        let folder = args.out.clone().unwrap_or_else(|| default_folder(&args.corpus));
        let planned = processes::all_ready(machines, plan(args, &folder))?;
        let (settings, stored) = planned;
        let shape = stored.as_ref().map_or_else(|| Named::of(&settings.size).shape, |run| run.header.shape);
        with_size!(shape, M => {
            trained::<M>(settings, stored, &args.corpus, &folder, args.json, machines).map(drop)
        })
    })
}

/// The settings, and the run that is to go on.
fn plan(args: &TrainArgs, folder: &Path) -> Result<(Settings, Option<Checkpoint>), Error> {
    check_folder(folder, args.resume)?;
    if !args.resume {
        return Ok((args.settings(), None));
    }
    let stored = sizes::stored(folder)?;
    Ok((args.over(&stored.header.settings), Some(stored)))
}

/// A run may be written into `folder`: no other one is there, unless it is to go on.
pub fn check_folder(folder: &Path, resume: bool) -> Result<(), Error> {
    if folder.exists() && !folder.is_dir() {
        return Err(Error::NotAFolder { path: folder.to_owned() });
    }
    if !resume && Checkpoint::is_in(folder) {
        return Err(Error::Exists { path: folder.to_owned() });
    }
    Ok(())
}

/// What Ctrl-C raises.
pub fn stop_flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    // A second handler in one process is refused; then the first one serves.
    let _ = ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed));
    stop
}

fn default_folder(corpus: &Source) -> PathBuf {
    let name = match corpus {
        Source::Stories => "stories".into(),
        Source::File(path) => path.file_stem().unwrap_or_default().to_owned(),
    };
    Path::new("runs").join(name)
}

/// A resumed run keeps its settings. More steps may be given: the learning rate then follows the
/// longer schedule.
pub fn check_resumed(given: &Settings, stored: &Settings, done: usize) -> Result<(), Error> {
    fn same<T: PartialEq + ToString>(name: &'static str, given: &T, stored: &T) -> Result<(), Error> {
        if given == stored {
            return Ok(());
        }
        Err(Error::Resume { name, given: given.to_string(), stored: stored.to_string() })
    }
    same("size", &given.size, &stored.size)?;
    same("batch", &given.batch, &stored.batch)?;
    same("context", &given.context, &stored.context)?;
    same("from-beginnings", &given.from_beginnings, &stored.from_beginnings)?;
    same("lr", &given.lr, &stored.lr)?;
    same("min-lr", &given.min_lr, &stored.min_lr)?;
    same("warmup", &given.warmup, &stored.warmup)?;
    same("dropout", &given.dropout, &stored.dropout)?;
    same("weight-decay", &given.weight_decay, &stored.weight_decay)?;
    same("clip", &given.clip, &stored.clip)?;
    same("seed", &given.seed, &stored.seed)?;
    if given.steps < done {
        return Err(Error::FewerSteps { steps: given.steps, done });
    }
    Ok(())
}

/// A run, trained to its last step: a new one, or the one that is `stored` in `folder`. The first of the
/// `machines` tells how it goes.
pub fn trained<M: Whole<AutoDevice>>(
    settings: Settings,
    stored: Option<Checkpoint>,
    corpus: &Source,
    folder: &Path,
    json: bool,
    machines: &mut dyn Communicator,
) -> Result<Run<M>, Error> {
    let (text, mut run) = processes::all_ready(machines, begun::<M>(settings, stored, corpus))?;
    let stop = stop_flag();
    let is_first = machines.rank() == 0;
    let mut report = Report::new(json, run.settings.tokens_a_step());
    if is_first {
        report.say(&format!(
            "{} parameters, {} characters to train on, {} held out{}",
            M::SHAPE.total(),
            text.train.chars().count(),
            text.held_out.chars().count(),
            if machines.size() > 1 { format!(", {} processes", machines.size()) } else { String::new() }
        ));
    }
    let budget = Budget::Steps(run.settings.steps);
    let ended = train_together(&mut run, &text, folder, budget, machines, |event| match event {
        Event::Step { step, .. } if stop.load(Ordering::Relaxed) => {
            let _ = report.tell(event);
            Err(Error::Interrupted { step, path: folder.to_owned() })
        }
        Event::Evaluated { history } => {
            chart::draw(history, folder)?;
            report.tell(event)
        }
        _ => report.tell(event),
    });
    if !is_first {
        return ended.map(|()| run).map_err(|_| Error::Elsewhere);
    }
    ended?;
    chart::draw(&run.history, folder)?;
    if let Some(last) = run.history.last() {
        report.done(last, &folder.join(checkpoint::FILE))?;
    }
    Ok(run)
}

/// The text, and the run where it is to go on.
fn begun<M: Whole<AutoDevice>>(
    settings: Settings,
    stored: Option<Checkpoint>,
    corpus: &Source,
) -> Result<(Text, Run<M>), Error> {
    if let Some(Checkpoint { header, .. }) = &stored {
        check_resumed(&settings, &header.settings, header.step)?;
    }
    settings.check(&M::SHAPE)?;
    let (text, device) = (read_text(corpus, settings.from_beginnings)?, AutoDevice::default());
    let run = match stored {
        None => Run::<M>::new(settings, &text, &device)?,
        Some(stored) if stored.header.text == text.fingerprint() => {
            Run { settings, ..stored.restore(&device)? }
        }
        Some(_) => return Err(Error::OtherCorpus),
    };
    Ok((text, run))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        args: TrainArgs,
    }

    fn args(words: &str) -> TrainArgs {
        Program::parse_from(["train"].into_iter().chain(words.split(' '))).args
    }

    #[test]
    fn every_option_is_a_setting_of_the_run() {
        let words = "--size tiny --steps 7 --batch 2 --context 9 --from-beginnings --lr 0.5 --min-lr 0.25 \
                     --warmup 3 --dropout 0.125 --weight-decay 0.75 --clip 2 --eval-every 4 --seed 6";
        let expected = Settings {
            size: "tiny".to_owned(),
            steps: 7,
            batch: 2,
            context: 9,
            from_beginnings: true,
            lr: 0.5,
            min_lr: 0.25,
            warmup: 3,
            dropout: 0.125,
            weight_decay: 0.75,
            clip: 2.0,
            eval_every: 4,
            seed: 6,
        };
        assert_eq!(args(words).settings(), expected);
    }

    #[test]
    fn the_lowest_rate_follows_the_highest_and_the_warm_up_the_steps() {
        let settings = |words| args(words).settings();
        let expected = Settings { lr: 0.5, min_lr: 0.05, ..Settings::laptop() };
        assert_eq!(settings("--lr 0.5"), expected);
        let expected = Settings { steps: 40, warmup: 4, ..Settings::laptop() };
        assert_eq!(settings("--steps 40"), expected);
        assert_eq!(settings("--steps 5000").warmup, 100);
    }

    #[test]
    fn a_resumed_run_keeps_what_decides_its_course() {
        let stored = Settings::laptop();
        let resumed = |words: &str| check_resumed(&args(words).over(&stored), &stored, 500);
        for words in [
            "--size tiny",
            "--batch 2",
            "--context 9",
            "--lr 0.5",
            "--min-lr 0.25",
            "--warmup 3",
            "--dropout 0.125",
            "--weight-decay 0.75",
            "--clip 2",
            "--seed 6",
        ] {
            let message = resumed(words).unwrap_err().to_string();
            assert!(message.starts_with(&format!("{words} differs from the run's ")), "{message}");
        }
        let message = resumed("--from-beginnings").unwrap_err().to_string();
        assert!(message.starts_with("--from-beginnings true differs from the run's false"), "{message}");
        resumed("--steps 500 --eval-every 7").unwrap();
        let message = resumed("--steps 499").unwrap_err().to_string();
        assert!(message.starts_with("--steps 499 is less than the 500"), "{message}");
    }
}
