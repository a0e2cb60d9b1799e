//! The command line: what each command does.

use crate::Error;
use crate::checkpoint::{self, Header};
use crate::corpus::{Source, Text};
use crate::data::ends_text;
use crate::generate::generate;
use crate::model::LanguageModel;
use crate::parallel::{Shareable, Workers};
use crate::program::{note, say};
use crate::report::Report;
use crate::sampling::Sampling;
use crate::settings::Settings;
use crate::sizes::{Job, LaptopBpe, Size};
use crate::speed::{self, Speed};
use crate::train::{Run, train};
use crate::writing::{self, Beginning, WriteArgs};
use clap::{Args, Parser, Subcommand, ValueEnum};
use dfdx::prelude::AutoDevice;
use kernels::Kernels;
use language_models::story;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tensors::seeds;
use tokens::Tokenizer;

/// Train a small GPT, judge it, and let it write.
///
/// Without a command it trains on stories for about two minutes and then prints some of its own.
#[derive(Debug, Parser)]
#[command(name = "mini-gpt", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Steps of the run without a command: its tests cannot wait for all
    #[arg(long, hide = true)]
    steps: Option<usize>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Train a model
    Train(TrainArgs),
    /// Judge a model on the held-out part of a text
    Eval(EvalArgs),
    /// Let a model write
    Generate(GenerateArgs),
    /// Show the sizes of a model
    Info(InfoArgs),
    /// Measure how fast this machine trains and writes
    Speed(SpeedArgs),
}

#[derive(Debug, Clone, Args)]
struct TrainArgs {
    /// `stories`, or a UTF-8 file. Line ends of all systems are read as LF; some 15 bytes of memory
    /// are needed for each byte of the file
    #[arg(long, default_value = "stories")]
    corpus: Source,
    /// Size of the model [default: laptop]
    #[arg(long)]
    size: Option<Size>,
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

#[derive(Debug, Args)]
struct EvalArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// `stories`, or a UTF-8 file
    #[arg(long, default_value = "stories")]
    corpus: Source,
    /// Which part of the text
    #[arg(long, value_enum, default_value_t = Split::HeldOut)]
    split: Split,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Split {
    /// The last tenth
    HeldOut,
    /// The first nine tenths
    Train,
    /// Everything
    All,
}

#[derive(Debug, Args)]
struct GenerateArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// Text to continue
    #[arg(long, default_value = "")]
    prompt: String,
    #[command(flatten)]
    how: WriteArgs,
}

#[derive(Debug, Args)]
struct InfoArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct SpeedArgs {
    /// Size of the model
    #[arg(long, value_enum, default_value_t = Size::Laptop)]
    size: Size,
    /// Windows in a batch
    #[arg(long, default_value_t = 12)]
    batch: usize,
    /// Tokens in a window
    #[arg(long, default_value_t = 64)]
    context: usize,
    /// Steps to measure
    #[arg(long, default_value_t = 100)]
    steps: usize,
    /// Threads [default: one for each core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write this many tokens instead of training
    #[arg(long)]
    write: Option<usize>,
    /// Write without a cache: compute everything anew for each token
    #[arg(long, requires = "write")]
    anew: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Does what the command line says.
///
/// # Errors
/// Whatever went wrong, in one line.
pub fn run(cli: Cli) -> Result<(), Error> {
    let device = AutoDevice::default();
    match cli.command {
        None => main_job(cli.steps, &device),
        Some(Command::Train(args)) => train_command(&args, &device).map(|_| ()),
        Some(Command::Eval(args)) => with_stored(&args.model, Eval { args: &args, device: &device }),
        Some(Command::Generate(args)) => with_stored(&args.model, WriteOn { args: &args, device: &device }),
        Some(Command::Info(args)) => info(&args),
        Some(Command::Speed(args)) => {
            let speed = args.size.run(Measure { args: &args, device: &device })?;
            tell_speed(&args, &speed)
        }
    }
}

/// A job that needs a stored model.
trait StoredJob<D: Kernels<f32>> {
    fn with<M: LanguageModel<D>>(self, path: &Path, bytes: &[u8]) -> Result<(), Error>;
}

/// Does `job` with the model in `folder`.
fn with_stored<D: Kernels<f32> + Shareable>(folder: &Path, job: impl StoredJob<D>) -> Result<(), Error> {
    struct Stored<'a, J>(J, &'a Path, &'a [u8]);
    impl<D: Kernels<f32>, J: StoredJob<D>> Job<D> for Stored<'_, J> {
        type Output = Result<(), Error>;
        fn with<M: LanguageModel<D>>(self) -> Self::Output {
            self.0.with::<M>(self.1, self.2)
        }
    }
    let (path, bytes) = checkpoint::read(folder)?;
    checkpoint::header(&path, &bytes)?.settings.size.run(Stored(job, &path, &bytes))
}

/// The run that needs no arguments.
fn main_job_arguments() -> TrainArgs {
    let settings = Settings::stories();
    TrainArgs {
        corpus: Source::Stories,
        size: Some(settings.size),
        steps: Some(settings.steps),
        batch: Some(settings.batch),
        context: Some(settings.context),
        from_beginnings: settings.from_beginnings,
        lr: Some(settings.lr),
        min_lr: Some(settings.min_lr),
        warmup: Some(settings.warmup),
        dropout: Some(settings.dropout),
        weight_decay: Some(settings.weight_decay),
        clip: Some(settings.clip),
        eval_every: Some(settings.eval_every),
        seed: Some(settings.seed),
        out: Some(PathBuf::from("runs/stories")),
        resume: false,
        json: false,
    }
}

/// Stories that the main job lets the model write and counts.
const SAMPLES: usize = 8;

fn main_job<D: Kernels<f32> + Shareable>(steps: Option<usize>, device: &D) -> Result<(), Error> {
    let mut args = main_job_arguments();
    args.steps = steps.or(args.steps);
    let folder = args.out.clone().expect("the main job has a folder");
    if let Ok((path, bytes)) = checkpoint::read(&folder) {
        let header = checkpoint::header(&path, &bytes)?;
        args.resume = header.step < header.settings.steps;
        if !args.resume {
            let kept = set_aside(&folder)?;
            note(format_args!("The finished run before is now in {}.", kept.display()));
        }
    }
    note(format_args!(
        "Training a GPT on stories. Ctrl-C stops and keeps the work; the same command goes on."
    ));
    let (_, bytes) = train_command(&args, device)?;
    let run: Run<LaptopBpe<D>> = checkpoint::restore(&folder, &bytes, device)?;
    let seeds: Vec<u64> = (1..=SAMPLES as u64).collect();
    let sampling = Sampling::at(0.5);
    let start = run.prompt("");
    let texts = Workers::new().map(seeds, |seed| {
        let ends = |written: &[usize]| ends_text(written, &run.tokenizer);
        generate(
            &run.model,
            &start,
            run.settings.context,
            2000,
            sampling,
            &mut seeds::generator(seed),
            ends,
        )
    });
    let texts: Vec<String> = texts
        .iter()
        .map(|ids| Ok(String::from_utf8_lossy(&run.tokenizer.decode(ids)?).into_owned()))
        .collect::<Result<_, Error>>()?;
    say(format_args!("\nThree of {SAMPLES} stories that it wrote:\n"))?;
    for text in texts.iter().take(3) {
        say(format_args!("{}\n", text.trim_end()))?;
    }
    let told = texts.iter().filter(|text| story::read(text).is_ok()).count();
    say(format_args!("{told} of the {SAMPLES} could have been told by the grammar, to the last letter."))?;
    say(format_args!("The loss is drawn in {}. Try next:", folder.join("loss.svg").display()))?;
    say(format_args!(
        "  cargo run --release -p mini-gpt -- generate --model runs/stories --prompt \"Long ago there lived a brave girl\""
    ))?;
    say(format_args!("  cargo run --release -p mini-gpt -- eval --model runs/stories"))?;
    say(format_args!(
        "  cargo run --release -p mini-gpt -- train --size laptop-bpe --from-beginnings --steps 9000 --batch 6 --context 320 --lr 0.003 --min-lr 0.0001 --out runs/longer"
    ))?;
    Ok(())
}

/// Renames the folder of a finished run to the first free `<folder>-<n>`.
fn set_aside(folder: &Path) -> Result<PathBuf, Error> {
    let name = |n: usize| {
        let mut name = folder.as_os_str().to_owned();
        name.push(format!("-{n}"));
        PathBuf::from(name)
    };
    let free = (1..=usize::MAX).map(name).find(|path| !path.exists()).expect("some number is free");
    std::fs::rename(folder, &free).map_err(|source| Error::Write { path: free.clone(), source })?;
    Ok(free)
}

/// Trains and returns the bytes of the last checkpoint.
fn train_command<D: Kernels<f32> + Shareable>(
    args: &TrainArgs,
    device: &D,
) -> Result<(PathBuf, Vec<u8>), Error> {
    let folder = args.out.clone().unwrap_or_else(|| default_folder(&args.corpus));
    if folder.exists() && !folder.is_dir() {
        return Err(Error::NotAFolder { path: folder });
    }
    let stored = match (args.resume, folder.join(checkpoint::FILE).exists()) {
        (true, _) => {
            let (path, bytes) = checkpoint::read(&folder)?;
            let header = checkpoint::header(&path, &bytes)?;
            Some((path, bytes, header))
        }
        (false, true) => return Err(Error::Exists { path: folder }),
        (false, false) => None,
    };
    let settings = resolve(args, stored.as_ref().map(|(_, _, header)| header))?;
    settings.size.run(Train { args, settings, stored, folder: &folder, device })
}

fn default_folder(corpus: &Source) -> PathBuf {
    let name = match corpus {
        Source::Stories => "stories".into(),
        Source::File(path) => path.file_stem().unwrap_or_default().to_owned(),
    };
    Path::new("runs").join(name)
}

/// The settings that were given, or else those of the run that is resumed, or else the defaults.
fn resolve(args: &TrainArgs, stored: Option<&Header>) -> Result<Settings, Error> {
    if let Some(header) = stored {
        let settings = resume_settings(args, &header.settings)?;
        if settings.steps < header.step {
            return Err(Error::FewerSteps { steps: settings.steps, done: header.step });
        }
        return Ok(settings);
    }
    let default = Settings::laptop();
    let steps = args.steps.unwrap_or(default.steps);
    let lr = args.lr.unwrap_or(default.lr);
    Ok(Settings {
        size: args.size.unwrap_or(default.size),
        steps,
        batch: args.batch.unwrap_or(default.batch),
        context: args.context.unwrap_or(default.context),
        from_beginnings: args.from_beginnings,
        lr,
        min_lr: args.min_lr.unwrap_or(lr / 10.0),
        warmup: args.warmup.unwrap_or(default.warmup.min(steps / 10)),
        dropout: args.dropout.unwrap_or(default.dropout),
        weight_decay: args.weight_decay.unwrap_or(default.weight_decay),
        clip: args.clip.unwrap_or(default.clip),
        eval_every: args.eval_every.unwrap_or(default.eval_every),
        seed: args.seed.unwrap_or(default.seed),
    })
}

/// A resumed run keeps its settings. More steps may be given: the learning rate then follows the
/// longer schedule.
fn resume_settings(args: &TrainArgs, stored: &Settings) -> Result<Settings, Error> {
    fn same<T: PartialEq + ToString>(
        name: &'static str,
        given: Option<&T>,
        stored: &T,
    ) -> Result<(), Error> {
        match given.filter(|given| *given != stored) {
            None => Ok(()),
            Some(given) => {
                Err(Error::Resume { name, given: given.to_string(), stored: stored.to_string() })
            }
        }
    }
    same("size", args.size.as_ref(), &stored.size)?;
    same("batch", args.batch.as_ref(), &stored.batch)?;
    same("context", args.context.as_ref(), &stored.context)?;
    same("from-beginnings", args.from_beginnings.then_some(&true), &stored.from_beginnings)?;
    same("lr", args.lr.as_ref(), &stored.lr)?;
    same("min-lr", args.min_lr.as_ref(), &stored.min_lr)?;
    same("warmup", args.warmup.as_ref(), &stored.warmup)?;
    same("dropout", args.dropout.as_ref(), &stored.dropout)?;
    same("weight-decay", args.weight_decay.as_ref(), &stored.weight_decay)?;
    same("clip", args.clip.as_ref(), &stored.clip)?;
    same("seed", args.seed.as_ref(), &stored.seed)?;
    Ok(Settings {
        steps: args.steps.unwrap_or(stored.steps),
        eval_every: args.eval_every.unwrap_or(stored.eval_every),
        ..stored.clone()
    })
}

struct Train<'a, D> {
    args: &'a TrainArgs,
    settings: Settings,
    stored: Option<(PathBuf, Vec<u8>, Header)>,
    folder: &'a Path,
    device: &'a D,
}

impl<D: Kernels<f32> + Shareable> Job<D> for Train<'_, D> {
    type Output = Result<(PathBuf, Vec<u8>), Error>;

    fn with<M: LanguageModel<D>>(self) -> Self::Output {
        train_model::<M, D>(self)
    }
}

fn train_model<M: LanguageModel<D>, D: Kernels<f32>>(
    Train { args, settings, stored, folder, device }: Train<'_, D>,
) -> Result<(PathBuf, Vec<u8>), Error> {
    settings.check(&M::SHAPE)?;
    let text = read_text(&args.corpus, settings.from_beginnings)?;
    let mut run = match stored {
        None => Run::<M>::new(settings, &text, device)?,
        Some((path, bytes, header)) if header.text == text.fingerprint() => {
            let run = checkpoint::restore(&path, &bytes, device)?;
            Run { settings, ..run }
        }
        Some(_) => return Err(Error::OtherCorpus),
    };
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    // A second handler in one process is refused; then the first one serves.
    let _ = ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed));
    let mut report = Report::new(args.json);
    let parameters = M::SHAPE.total();
    report.say(&format!(
        "{} parameters, {} characters to train on, {} held out",
        parameters,
        text.train.chars().count(),
        text.held_out.chars().count()
    ));
    let (score, path) = train(&mut run, &text, folder, &mut report, &stop)?;
    let record = checkpoint::Record {
        step: run.optimiser.step,
        train_loss: run.history.last().map_or(f64::NAN, |record| record.train_loss),
        val_loss: score.loss,
        bits_per_char: score.bits_per_char,
        floor_bits_per_char: score.floor_bits_per_char,
    };
    report.done(&record, &path)?;
    checkpoint::read(folder)
}

/// Reads a text, and says how it differs from its file. For a model that reads texts from their
/// beginnings, a line that holds only blanks is an empty line.
fn read_text(corpus: &Source, from_beginnings: bool) -> Result<Text, Error> {
    let mut text = Text::load(corpus)?;
    if from_beginnings && !text.is_stories {
        text = text.with_blank_lines_emptied();
    }
    if !text.changes.is_empty() {
        note(format_args!("{corpus}: {}", text.changes.join("; ")));
    }
    Ok(text)
}

struct Eval<'a, D> {
    args: &'a EvalArgs,
    device: &'a D,
}

impl<D: Kernels<f32>> StoredJob<D> for Eval<'_, D> {
    fn with<M: LanguageModel<D>>(self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        eval::<M, D>(&self, path, bytes)
    }
}

fn eval<M: LanguageModel<D>, D: Kernels<f32>>(
    &Eval { args, device }: &Eval<'_, D>,
    path: &Path,
    bytes: &[u8],
) -> Result<(), Error> {
    let run: Run<M> = checkpoint::restore(path, bytes, device)?;
    let text = read_text(&args.corpus, run.settings.from_beginnings)?;
    let (part, name) = match args.split {
        Split::HeldOut => (text.held_out.clone(), "the last tenth of "),
        Split::Train => (text.train.clone(), "the first nine tenths of "),
        Split::All => (text.all(), ""),
    };
    let exam = run.exam(&part, text.is_stories);
    if exam.is_empty() {
        return Err(Error::NothingToJudge { what: format!("{name}{}", args.corpus), tokens: exam.len() });
    }
    let score = exam.score(&run.model, run.settings.context, &Workers::new());
    if args.json {
        return say(format_args!("{}", json!(score)));
    }
    say(format_args!("loss           {:.4} nats a token", score.loss))?;
    say(format_args!("perplexity     {:.4}", score.perplexity))?;
    say(format_args!("bits per char  {:.4}", score.bits_per_char))?;
    if let Some(floor) = score.floor_bits_per_char {
        say(format_args!("floor          {floor:.4}: no model can do better on this text on average"))?;
        say(format_args!("distance       {:.4}", score.bits_per_char - floor))?;
    }
    Ok(())
}

struct WriteOn<'a, D> {
    args: &'a GenerateArgs,
    device: &'a D,
}

impl<D: Kernels<f32>> StoredJob<D> for WriteOn<'_, D> {
    fn with<M: LanguageModel<D>>(self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        write_on::<M, D>(&self, path, bytes)
    }
}

fn write_on<M: LanguageModel<D>, D: Kernels<f32>>(
    &WriteOn { args, device }: &WriteOn<'_, D>,
    path: &Path,
    bytes: &[u8],
) -> Result<(), Error> {
    args.how.sampling()?;
    let run: Run<M> = checkpoint::restore(path, bytes, device)?;
    let ids = run.prompt(&args.prompt);
    let mut out = std::io::stdout().lock();
    args.how.show_prompt(&args.prompt, &mut out)?;
    let from_beginnings = run.settings.from_beginnings;
    let beginning = Beginning { ids: &ids, tokenizer: Some(&run.tokenizer), ends: &[], from_beginnings };
    writing::write(&run.model, run.settings.context, beginning, &args.how, &mut out)
}

fn info(args: &InfoArgs) -> Result<(), Error> {
    let (path, bytes) = checkpoint::read(&args.model)?;
    let Header { shape, settings, step, tokenizer, .. } = checkpoint::header(&path, &bytes)?;
    let tokenizer = tokenizer.name();
    let parts = shape.parameters();
    let parameters = shape.total();
    let flops = shape.flops_per_token(settings.context);
    if args.json {
        let parts: serde_json::Map<_, _> =
            parts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
        let mut config = json!(settings);
        let sizes = json!(shape);
        if let (Some(config), Some(sizes)) = (config.as_object_mut(), sizes.as_object()) {
            config.extend(sizes.clone());
            config.insert("tokenizer".to_owned(), json!(tokenizer));
        }
        say(format_args!(
            "{}",
            json!({"parameters": parameters, "config": config, "parts": parts, "step": step,
                "flops_per_token": {"forward": flops, "training": 3 * flops}})
        ))?;
        return Ok(());
    }
    say(format_args!("size {}, {tokenizer} tokenizer, {step} of {} steps", settings.size, settings.steps))?;
    for (name, count) in parts {
        say(format_args!("{count:>12}  {name}"))?;
    }
    say(format_args!("{parameters:>12}  parameters in all"))?;
    say(format_args!(
        "{flops:>12}  FLOP to read a token at context {}; {} to train on it",
        settings.context,
        3 * flops
    ))?;
    Ok(())
}

struct Measure<'a, D> {
    args: &'a SpeedArgs,
    device: &'a D,
}

impl<D: Kernels<f32>> Job<D> for Measure<'_, D> {
    type Output = Result<Speed, Error>;

    fn with<M: LanguageModel<D>>(self) -> Self::Output {
        let SpeedArgs { size, batch, context, steps, threads, write, .. } = *self.args;
        let settings = Settings { size, steps, batch, context, ..Settings::laptop() };
        if let Some(tokens) = write {
            return speed::writing::<D, M>(&settings, tokens, !self.args.anew, self.device);
        }
        let workers = threads.map_or_else(Workers::new, |threads| Workers::with(threads.into()));
        speed::training::<D, M>(settings, &workers, self.device)
    }
}

fn tell_speed(args: &SpeedArgs, speed: &Speed) -> Result<(), Error> {
    if args.json {
        return say(format_args!("{}", json!(speed)));
    }
    let unit = if args.write.is_some() { "token" } else { "step" };
    let least = speed.milliseconds.iter().copied().fold(f64::INFINITY, f64::min);
    say(format_args!(
        "a {unit}          {:.1} ms (median; shortest {least:.1} ms)",
        speed::median(&speed.milliseconds)
    ))?;
    say(format_args!("processors     {:.1} ms a {unit}, all threads together", speed.cpu_milliseconds))?;
    say(format_args!("speed          {:.0} tokens/s", speed.tokens_per_second))?;
    if let Some(peak) = speed.peak_mib {
        say(format_args!("peak memory    {peak:.0} MiB"))?;
    }
    Ok(())
}
