//! The command line: what each command does.

use crate::weights::Weights;
use crate::{Config, Error, Vocabulary, sizes};
use clap::{Args, Parser, Subcommand};
use deep_networks::Dropout;
use dfdx::prelude::{AutoDevice, NoneTape};
use kernels::Kernels;
use mini_gpt::LanguageModel;
use mini_gpt::sizes::Job;
use mini_gpt::writing::{self, Beginning, WriteArgs};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tokens::Tokenizer;

/// GPT-2 in this book's own model: scores, losses and texts from a folder of its published files.
///
/// The folder holds config.json, model.safetensors (or its shards and model.safetensors.index.json)
/// and, for texts, vocab.json and merges.txt, or tokenizer.json.
#[derive(Debug, Parser)]
#[command(name = "gpt2", version, subcommand_required = true, arg_required_else_help = false)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The scores of every token as the next one, at each position
    Logits(ReadArgs),
    /// The mean loss in nats of predicting each token but the first
    Loss(ReadArgs),
    /// Continue a text
    Generate(GenerateArgs),
    /// The ids of a text's tokens
    Tokens(TokensArgs),
    /// Show the sizes of a model
    Info(InfoArgs),
}

/// Token ids on the command line: 1,2,3.
#[derive(Debug, Clone)]
struct Ids(Vec<usize>);

impl std::str::FromStr for Ids {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let id = |word: &str| {
            let word = word.trim();
            word.parse().map_err(|_| format!("{word:?} is no token id: give numbers, 1,2,3"))
        };
        text.split(',').map(id).collect::<Result<_, _>>().map(Self)
    }
}

#[derive(Debug, Args)]
struct ReadArgs {
    /// Folder with config.json and model.safetensors
    #[arg(long)]
    model: PathBuf,
    #[command(flatten)]
    text: TextArgs,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct TextArgs {
    /// A text
    #[arg(long)]
    prompt: Option<String>,
    /// Its tokens instead, 1,2,3: no tokenizer is needed then
    #[arg(long)]
    ids: Option<Ids>,
}

#[derive(Debug, Args)]
struct GenerateArgs {
    /// Folder with config.json and model.safetensors
    #[arg(long)]
    model: PathBuf,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    how: WriteArgs,
}

#[derive(Debug, Args)]
struct TokensArgs {
    /// Folder with vocab.json and merges.txt, or with tokenizer.json
    #[arg(long)]
    model: PathBuf,
    /// A text
    #[arg(long)]
    prompt: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct InfoArgs {
    /// Folder with config.json
    #[arg(long)]
    model: PathBuf,
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
        Command::Logits(args) => with_model(&args.model, &device, Logits(&args)),
        Command::Loss(args) => with_model(&args.model, &device, Loss(&args)),
        Command::Generate(args) => {
            // A wrong command should not wait for the weights.
            args.how.sampling()?;
            with_model(&args.model, &device, Generate(&args))
        }
        Command::Tokens(args) => tokens(&args),
        Command::Info(args) => info(&args),
    }
}

/// What is to be done with a model.
trait Use {
    /// Is asked before the weights are read: a wrong command should not wait for them.
    fn text(&self) -> &TextArgs;
    fn with<D: Kernels<f32>, M: LanguageModel<D>>(self, model: &M, text: &Text) -> Result<(), Error>;
}

/// A text that a model can read.
struct Text {
    ids: Vec<usize>,
    tokenizer: Option<Vocabulary>,
    ends: Vec<usize>,
}

// ANCHOR: with_model
/// Reads the model in `folder` into the compiled type of its sizes, and puts it to use.
fn with_model<U: Use>(folder: &Path, device: &AutoDevice, what: U) -> Result<(), Error> {
    struct Load<'a, U>(&'a Path, Text, &'a AutoDevice, U);
    impl<U: Use> Job<AutoDevice> for Load<'_, U> {
        type Output = Result<(), Error>;
        fn with<M: LanguageModel<AutoDevice>>(self) -> Self::Output {
            let Self(folder, text, device, what) = self;
            let model: M = Weights::open(folder)?.fill(device)?;
            what.with(&model, &text)
        }
    }
    let config = Config::load(folder)?;
    let text = Text::new(folder, &config, what.text())?;
    sizes::run(config.shape(), Load(folder, text, device, what))
}
// ANCHOR_END: with_model

impl Text {
    fn new(folder: &Path, config: &Config, args: &TextArgs) -> Result<Self, Error> {
        let (ids, tokenizer) = match (&args.ids, &args.prompt) {
            // Without a tokenizer ids stay ids.
            (Some(Ids(ids)), _) => (ids.clone(), Vocabulary::load(folder).ok()),
            (None, prompt) => {
                let vocabulary = Vocabulary::load(folder)?;
                (vocabulary.encode(prompt.as_deref().unwrap_or_default()), Some(vocabulary))
            }
        };
        let vocabulary = config.vocab_size;
        let ends: Vec<usize> =
            config.eos_token_id.iter().copied().filter(|&end| end < vocabulary).collect();
        if ids.is_empty() {
            return Err(Error::Nothing { end: ends.first().copied() });
        }
        match ids.iter().find(|&&id| id >= vocabulary) {
            Some(&id) => Err(Error::Id { id, vocabulary }),
            None => Ok(Self { ids, tokenizer, ends }),
        }
    }

    /// Refuses a text that the model cannot read at once.
    fn fits<D: Kernels<f32>, M: LanguageModel<D>>(&self, at_least: usize) -> Result<(), Error> {
        let (given, positions) = (self.ids.len(), M::SHAPE.max_context);
        if given > positions {
            return Err(Error::Count { given, what: format!("the model has {positions} positions") });
        }
        if given < at_least {
            return Err(Error::Count {
                given,
                what: "a loss needs two: one to read, one to predict".to_owned(),
            });
        }
        Ok(())
    }
}

/// Writing the result is for both programs what it is for `mini-gpt`.
fn output(result: std::io::Result<()>) -> Result<(), Error> {
    Ok(result.map_err(mini_gpt::Error::Output)?)
}

struct Logits<'a>(&'a ReadArgs);

impl Use for Logits<'_> {
    fn text(&self) -> &TextArgs {
        &self.0.text
    }

    fn with<D: Kernels<f32>, M: LanguageModel<D>>(self, model: &M, text: &Text) -> Result<(), Error> {
        text.fits::<D, M>(1)?;
        let logits = model.logits(&text.ids);
        let rows: Vec<&[f32]> = logits.chunks_exact(M::SHAPE.vocabulary).collect();
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        if self.0.json {
            #[derive(serde::Serialize)]
            struct Rows<'a> {
                logits: Vec<&'a [f32]>,
            }
            output(serde_json::to_writer(&mut out, &Rows { logits: rows }).map_err(Into::into))?;
            return output(writeln!(out).and_then(|()| out.flush()));
        }
        for (position, row) in rows.iter().enumerate() {
            let best = (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0);
            output(writeln!(
                out,
                "position {position}: token {} was read, {best} has the highest score, {:.4}",
                text.ids[position], row[best]
            ))?;
        }
        output(out.flush())
    }
}

struct Loss<'a>(&'a ReadArgs);

impl Use for Loss<'_> {
    fn text(&self) -> &TextArgs {
        &self.0.text
    }

    fn with<D: Kernels<f32>, M: LanguageModel<D>>(self, model: &M, text: &Text) -> Result<(), Error> {
        text.fits::<D, M>(2)?;
        let (inputs, targets) = (&text.ids[..text.ids.len() - 1], &text.ids[1..]);
        let loss = model.loss(inputs, targets, 1, NoneTape, &mut Dropout::off()).as_vec()[0];
        let mut out = std::io::stdout().lock();
        if self.0.json {
            return output(writeln!(out, "{}", json!({ "loss": loss })));
        }
        output(writeln!(
            out,
            "{loss:.4} nats a token over {} tokens; perplexity {:.2}",
            targets.len(),
            loss.exp()
        ))
    }
}

struct Generate<'a>(&'a GenerateArgs);

impl Use for Generate<'_> {
    fn text(&self) -> &TextArgs {
        &self.0.text
    }

    fn with<D: Kernels<f32>, M: LanguageModel<D>>(self, model: &M, text: &Text) -> Result<(), Error> {
        let Text { ids, tokenizer, ends } = text;
        let tokenizer = tokenizer.as_ref().map(|tokenizer| tokenizer as &dyn Tokenizer);
        let mut out = std::io::stdout().lock();
        self.0.how.show_prompt(self.0.text.prompt.as_deref().unwrap_or_default(), &mut out)?;
        let beginning = Beginning { ids, tokenizer, ends, from_beginnings: false };
        Ok(writing::write(model, M::SHAPE.max_context, beginning, &self.0.how, &mut out)?)
    }
}

fn tokens(args: &TokensArgs) -> Result<(), Error> {
    let vocabulary = Vocabulary::load(&args.model)?;
    let ids = vocabulary.encode(&args.prompt);
    let mut out = std::io::stdout().lock();
    if args.json {
        return output(writeln!(out, "{}", json!({ "ids": ids })));
    }
    for id in ids {
        let bytes = vocabulary.decode(&[id]).unwrap_or_default();
        output(writeln!(out, "{id:>6}  {:?}", String::from_utf8_lossy(&bytes)))?;
    }
    Ok(())
}

fn info(args: &InfoArgs) -> Result<(), Error> {
    let shape = Config::load(&args.model)?.shape();
    let parts = shape.parameters();
    let parameters = shape.total();
    let mut out = std::io::stdout().lock();
    if args.json {
        return output(writeln!(out, "{}", json!({"parameters": parameters, "shape": shape})));
    }
    for (name, count) in parts {
        output(writeln!(out, "{count:>12}  {name}"))?;
    }
    output(writeln!(out, "{parameters:>12}  parameters in all, {:.0} MB as f32", parameters as f64 * 4e-6))
}
