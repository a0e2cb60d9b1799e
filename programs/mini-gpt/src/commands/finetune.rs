//! `mini-gpt finetune`.

use super::train::{check_folder, check_resumed, stop_flag};
use crate::chart;
use crate::report::Report;
use crate::sizes;
use adaptation::adapter;
use adaptation::examples::read;
use adaptation::instruct::{self, Wording};
use adaptation::lora::{Config, Lora};
use adaptation::masked::{Asked, Diet, Example};
use adaptation::targets::Target;
use adaptation::tune::{begin, tune};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use dfdx::prelude::{AutoDevice, Const, ConstDim};
use gpt::checkpoint::{self, Checkpoint};
use gpt::corpus::Source;
use gpt::fingerprint::fingerprint;
use gpt::sizes::{Laptop, LaptopBpe, Tiny};
use gpt::tokenizer::Tokens;
use gpt::train::Event;
use gpt::{Gpt, LanguageModel, Run, Settings, Shape, Sizes, Trainable};
use mini_gpt::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use tensors::seeds;

/// The largest rank of an adapter. The memory for it is there whatever the rank.
type Room = Const<32>;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Loss {
    /// On the answers
    Answer,
    /// On prompts and answers
    All,
}

#[derive(Debug, Args)]
pub struct FinetuneArgs {
    /// Folder of the run whose model is to learn something new
    #[arg(long)]
    model: PathBuf,
    /// `stories`, each with an instruction that asks for it, or a file of lines like {"prompt": "…", "completion": "…"}
    #[arg(long, default_value = "stories")]
    examples: Source,
    /// How many stories
    #[arg(long, default_value_t = 300)]
    count: usize,
    /// What the loss is about
    #[arg(long, value_enum, default_value = "answer")]
    loss: Loss,
    /// Train adapters of this rank, and leave the model as it is [default: train all of the model]
    #[arg(long)]
    lora_rank: Option<usize>,
    /// Scale of the adapters: they are multiplied by alpha / rank
    #[arg(long, default_value_t = 16.0, requires = "lora_rank")]
    lora_alpha: f64,
    /// Matrices that get adapters, with commas between them
    #[arg(long, value_delimiter = ',', requires = "lora_rank", value_parser = matrices(),
        default_values_t = Target::ALL.map(|target| target.name().to_owned()))]
    targets: Vec<String>,
    /// Steps of the optimiser, with --resume those done before included
    #[arg(long, default_value_t = 150)]
    steps: usize,
    /// Examples in a batch
    #[arg(long, default_value_t = 8)]
    batch: usize,
    /// Highest learning rate; it ends at a tenth of it [default: 0.001, with adapters 0.003]
    #[arg(long)]
    lr: Option<f64>,
    /// Steps between evaluations, each with a checkpoint
    #[arg(long, default_value_t = 50)]
    eval_every: usize,
    /// Seed of the stories, of the adapters and of the batches
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

fn matrices() -> PossibleValuesParser {
    PossibleValuesParser::new(Target::ALL.map(Target::name))
}

impl FinetuneArgs {
    /// The settings of a run that goes on from one of `base`.
    fn settings(&self, base: &Settings, shape: &Shape) -> Settings {
        let lr = self.lr.unwrap_or(if self.lora_rank.is_some() { 3e-3 } else { 1e-3 });
        Settings {
            size: base.size.clone(),
            steps: self.steps,
            batch: self.batch,
            context: shape.max_context,
            // A prompt is to be laid out as in an example.
            from_beginnings: true,
            lr,
            min_lr: lr / 10.0,
            warmup: self.steps / 10,
            dropout: 0.0,
            weight_decay: 0.0,
            clip: base.clip,
            eval_every: self.eval_every,
            seed: self.seed,
        }
    }

    /// What the adapters are, if there are any.
    fn config(&self) -> Option<Config> {
        // Each once, in the order of a block.
        let is_named = |target: &Target| self.targets.iter().any(|name| name == target.name());
        let target_modules = Target::ALL.into_iter().filter(is_named).collect();
        self.lora_rank.map(|r| Config { r, lora_alpha: self.lora_alpha, target_modules })
    }

    /// Examples to learn from, and examples to judge by: the last tenth, and one at least.
    fn examples(&self, tokenizer: &Tokens, context: usize) -> Result<(Diet, Vec<Example>), Error> {
        let mut new = match &self.examples {
            Source::Stories => {
                let mut rng = seeds::generator(self.seed);
                instruct::examples(self.count, Wording::Usual, tokenizer, context, &mut rng)
                    .map_err(|reason| Error::Examples { from: self.examples.to_string(), reason })?
            }
            Source::File(path) => {
                let named = |reason: String| Error::Examples { from: path.display().to_string(), reason };
                let text = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
                read(&text, tokenizer, context).map_err(|error| named(error.to_string()))?
            }
        };
        if new.len() < 2 {
            let (from, reason) =
                (self.examples.to_string(), "give two at least, one of them to judge by".to_owned());
            return Err(Error::Examples { from, reason });
        }
        let held_out = new.split_off(new.len() - new.len().div_ceil(10));
        let asked = match self.loss {
            Loss::Answer => Asked::Answer,
            Loss::All => Asked::All,
        };
        Ok((Diet::new(new, asked)?, held_out))
    }
}

/// Fine-tunes as `args` say.
pub fn run(args: &FinetuneArgs) -> Result<(), Error> {
    let stored = sizes::stored(&args.model)?;
    let shape = stored.header.shape;
    if shape == Shape::of::<Tiny>() {
        of_size::<Tiny>(args, stored)
    } else if shape == Shape::of::<Laptop>() {
        of_size::<Laptop>(args, stored)
    } else if shape == Shape::of::<LaptopBpe>() {
        of_size::<LaptopBpe>(args, stored)
    } else {
        let reason = "its size is none of tiny, laptop and laptop-bpe, which can be fine-tuned";
        Err(stored.refused(reason.to_owned()).into())
    }
}

type Model<S> = Gpt<S, f32, AutoDevice>;

fn of_size<S: Sizes>(args: &FinetuneArgs, stored: Checkpoint) -> Result<(), Error> {
    check_folder(&args.out, args.resume)?;
    let base: Run<Model<S>> = stored.restore(&AutoDevice::default())?;
    let shape = Shape::of::<S>();
    let settings = args.settings(&base.settings, &shape);
    settings.check(&shape)?;
    let (diet, held_out) = args.examples(&base.tokenizer, shape.max_context)?;
    let of_base = adapter::of_weights(&base.model);
    let Some(config) = args.config() else {
        let mut run = begun(args, base.model, &base.tokenizer, settings, &diet, of_base)?;
        report_on(args, &mut run, &diet, &held_out, shape.total())?;
        return Ok(());
    };
    // With other adapters the run is another one.
    let adapters = serde_json::to_string(&config).expect("names and numbers are JSON");
    let of_both = fingerprint(of_base.to_le_bytes().into_iter().chain(adapters.bytes()));
    let count = config.parameters(&shape);
    let lora = Lora::<S, Room, f32, AutoDevice>::new(base.model, config, args.seed)?;
    let mut run = begun(args, lora, &base.tokenizer, settings, &diet, of_both)?;
    report_on(args, &mut run, &diet, &held_out, count)?;
    adapter::save(&args.out, &run.model)?;
    // The model with its adapters merged is one that every other command reads.
    let mut merged = begin(run.model.merged(), &run.tokenizer, run.settings.clone(), &diet, of_both);
    merged.optimiser.step = run.optimiser.step;
    merged.history.clone_from(&run.history);
    checkpoint::save(&args.out.join("merged"), &merged)?;
    Ok(())
}

/// The run at its beginning, or where it was left.
fn begun<M: Trainable<AutoDevice>>(
    args: &FinetuneArgs,
    model: M,
    tokenizer: &Tokens,
    settings: Settings,
    diet: &Diet,
    base: u64,
) -> Result<Run<M, M::Parameters>, Error> {
    if !args.resume {
        return Ok(begin(model, tokenizer, settings, diet, base));
    }
    let stored = Checkpoint::read(&args.out)?;
    // First what is trained on what: the usual rate of adapters is another than that of all weights.
    if stored.header.text != adaptation::tune::of_examples(diet, base) {
        return Err(Error::OtherExamples);
    }
    check_resumed(&settings, &stored.header.settings, stored.header.step)?;
    Ok(Run { settings, ..stored.restore_into(model)? })
}

/// Trains, and tells how it goes.
fn report_on<M: Trainable<AutoDevice>>(
    args: &FinetuneArgs,
    run: &mut Run<M, M::Parameters>,
    diet: &Diet,
    held_out: &[Example],
    parameters: usize,
) -> Result<(), Error> {
    let stop = stop_flag();
    let tokens: usize = diet.new.iter().map(|example| example.tokens().len() - 1).sum();
    let mut report = Report::new(args.json, run.settings.batch * tokens / diet.new.len());
    report.say(&format!(
        "{parameters} parameters to train of {}, {} examples to learn from, {} held out",
        <M as LanguageModel<AutoDevice>>::SHAPE.total(),
        diet.new.len(),
        held_out.len()
    ));
    let folder: &Path = &args.out;
    tune(run, diet, held_out, folder, |event| match event {
        Event::Step { step, .. } if stop.load(Ordering::Relaxed) => {
            let _ = report.tell(event);
            Err(Error::Interrupted { step, path: folder.to_owned() })
        }
        Event::Evaluated { history } => {
            chart::draw(history, folder)?;
            report.tell(event)
        }
        _ => report.tell(event),
    })?;
    if let Some(last) = run.history.last() {
        report.done(last, &folder.join(checkpoint::FILE))?;
    }
    Ok(())
}

const _: () = assert!(Room::SIZE <= 32, "a size of the program is 32 wide");
